# Installs Annotator without a network. Where scripts are not allowed: py install_offline.py
py "$PSScriptRoot\install_offline.py" @args
exit $LASTEXITCODE
