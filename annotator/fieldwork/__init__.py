"""Work without a network: packages out to a coder and back, and whole copies. Every package is a ZIP that says what it is
(`manifest`), is signed by the device it comes from (`keys`), and is read as what it is: a file from elsewhere (`archive`).

    outgoing -> manifest, archive -> one file -> archive, manifest -> incoming -> Project.receive
"""
