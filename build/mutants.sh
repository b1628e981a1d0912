#!/usr/bin/env bash
# Changes formulas one by one and counts how many mutants the tests of their own room kill.
#     build/mutants.sh draw 200 1 Evaluation Attribution Attacks    so many mutants of these rooms, drawn with seed 1; goes on where it was cut short
#     build/mutants.sh again 1                                      those of that draw that no test killed, against the tests as they are now
# All lies in artifacts/mutants. Without a change of src the mutated assembly of an earlier call serves again; with one everything begins anew.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/artifacts/mutants
sources=$(find src/Pentimento -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' -print0 | LC_ALL=C sort -z | xargs -0 cat | sha256sum)
if [ "$(cat "$out/sources" 2> /dev/null)" != "$sources" ]; then
  # Stryker asks each test which mutants it comes to before it tries one, and waits long for each answer. It is given a project with one test,
  # which comes to none and puts the mutated assembly aside.
  rm -rf "$out" && mkdir -p "$out/stryker"
  cat > "$out/stryker/Mutated.csproj" << 'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TestingPlatformDotnetTestSupport>true</TestingPlatformDotnetTestSupport>
    <GenerateDocumentationFile>false</GenerateDocumentationFile>
    <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
    <!-- Stryker writes into what it was given; a link would lead into the build's own output. -->
    <CreateHardLinksForCopyLocalIfPossible>false</CreateHardLinksForCopyLocalIfPossible>
    <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="xunit.v3.mtp-v2" />
    <ProjectReference Include="../../../src/Pentimento/Pentimento.csproj" />
  </ItemGroup>
</Project>
END
  cat > "$out/stryker/Aside.cs" << 'END'
public sealed class Aside
{
    [Xunit.Fact]
    public void Puts_the_assembly_aside() => File.Copy(Path.Combine(AppContext.BaseDirectory, "Pentimento.dll"), "MUTATED", overwrite: true);
}
END
  sed -i "s#MUTATED#$out/Pentimento.dll#" "$out/stryker/Aside.cs"
  # A string is a message or the name of a random stream, no formula.
  cat > "$out/stryker/stryker-config.json" << 'END'
{ "stryker-config": { "project": "Pentimento.csproj", "test-runner": "mtp", "configuration": "Release", "concurrency": 1, "reporters": ["json"],
  "ignore-mutations": ["string"], "mutate": ["**/Evaluation/**/*.cs", "**/Attribution/**/*.cs", "**/Attacks/**/*.cs"] } }
END
  dotnet tool restore > /dev/null
  (cd "$out/stryker" && dotnet stryker --output "$out/stryker/report" > "$out/stryker/log") || { tail "$out/stryker/log" >&2; exit 1; }
  cp "$out/stryker/report/reports/mutation-report.json" "$out/report.json"
  echo "$sources" > "$out/sources"
fi

if [ "${1:-}" = again ] || [ ! -d "$out/tests" ]; then
  dotnet build -v q -nologo -c Release -p:ReadyToRun=false tests/Pentimento.Tests
  rm -rf "$out/tests"
  # libtorch is linked, not copied; the assembly that is written over must be a copy.
  cp -rl tests/Pentimento.Tests/bin/Release/net10.0 "$out/tests"
  cp --remove-destination tests/Pentimento.Tests/bin/Release/net10.0/Pentimento*.dll "$out/tests/"
  cp "$out/Pentimento.dll" "$out/tests/"
fi

dotnet run build/Mutants.cs "$out" "$@"
