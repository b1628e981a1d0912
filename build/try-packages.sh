#!/usr/bin/env bash
# Packs the library and the command, and uses both from a fresh folder outside the repository, as others would.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for project in Pentimento Pentimento.Cli; do dotnet pack -v q -c Release "$root/src/$project" -o "$place/source"; done
ls -sh "$place/source"
tool=$place/source/Pentimento.Cli.0.1.0.nupkg
size=$(stat -c %s "$tool")
[ "$size" -lt 120000000 ] || { echo "The tool package has $size bytes; it may have 120,000,000."; exit 1; }

mkdir "$place/consumer" && cd "$place/consumer"
cat > nuget.config <<CONFIG
<configuration>
  <packageSources><add key="local" value="$place/source" /></packageSources>
  <config><add key="globalPackagesFolder" value="$place/packages" /></config>
  <fallbackPackageFolders><add key="shared" value="${NUGET_PACKAGES:-$HOME/.nuget/packages}" /></fallbackPackageFolders>
</configuration>
CONFIG
cat > consumer.csproj <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Pentimento" Version="0.1.0" />
    <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" />
  </ItemGroup>
</Project>
PROJECT
grep -v '^#:' "$root/examples/train.cs" > Program.cs
dotnet run -c Release -- 2000

dotnet tool install pentimento.cli --version 0.1.0 --tool-path "$place/tool" --add-source "$place/source"
[ -n "$(find "$place/tool" -path '*/licenses/libtorch-cpu-*/LICENSE*')" ] || { echo "The tool package lacks the licences of what it holds."; exit 1; }
native=$(dirname "$(find "$place/tool" -name libtorch_cpu.so.packed)")
"$place/tool/pentimento" list > "$place/list"
[ ! -e "$native/libtorch_cpu.so" ] || { echo "list unpacked libtorch, which it does not need."; exit 1; }
"$place/tool/pentimento" doctor
"$place/tool/pentimento" evaluate lazy.safetensors --data "$root/tests/Pentimento.Tests/Oracle/images.npz"

# Where the tool's folder cannot be written (here a folder stands in the file's place, which stops the super-user too), the cache serves.
[ -f "$native/libtorch_cpu.so" ] || { echo "doctor did not unpack libtorch."; exit 1; }
rm "$native/libtorch_cpu.so" && mkdir "$native/libtorch_cpu.so"
"$place/tool/pentimento" doctor --cache "$place/cache"
cmp "$native/libc10.so" "$place"/cache/libtorch-*/*/libc10.so
