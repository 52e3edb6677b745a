# Windows: powershell -ExecutionPolicy Bypass -File install.ps1 [-Folder FOLDER]
param([string]$Folder = "")
$ErrorActionPreference = "Stop"
$env:PYTHONUTF8 = "1"
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8

$python = @()
foreach ($version in "3.13", "3.12", "3.11") {
    if (Get-Command py -ErrorAction SilentlyContinue) {
        try { & py "-$version" -c "" 2>$null } catch { $global:LASTEXITCODE = 1 }
        if ($LASTEXITCODE -eq 0) { $python = @("py", "-$version"); break }
    }
}
if ($python.Count -eq 0 -and (Get-Command python -ErrorAction SilentlyContinue)) { $python = @("python") }
if ($python.Count -eq 0) {
    Write-Host "Python 3.11、3.12、3.13 のどれか（64 ビット版）を入れてから、もう一度実行してください。"
    exit 1
}

$arguments = @($python | Select-Object -Skip 1) + @((Join-Path $PSScriptRoot "install.py"))
if ($Folder -ne "") { $arguments += @("--folder", $Folder) }
& $python[0] @arguments
exit $LASTEXITCODE
