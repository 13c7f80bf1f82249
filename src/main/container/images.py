"""Writes the OCI archives; bin/build-images calls this with everything built. Arguments: native|jvm PROGRAM …"""

import datetime
import glob
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import containerfile
import debian
import oci
import sbom

OUT = "target/images"
RUNTIME = "target/images/runtime"
CACHE = os.environ.get("HYDRA_CACHE") or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "hydra")
POM = {"m": "http://maven.apache.org/POM/4.0.0"}


def main(kind, programs):
    pom = ElementTree.parse("pom.xml").getroot()
    version = pom.findtext("m:version", namespaces=POM)
    created = _created(pom)
    mtime = int(created.timestamp())
    packages = debian.packages(os.path.join(CACHE, "debs"))
    lower = [oci.PackedLayer(debian.base_layer(packages), mtime)]
    if kind == "jvm":
        lower.append(oci.PackedLayer(_runtime_layer(), mtime))
    for program in programs:
        bill = sbom.merge(
            f"{program}/target/hydra-{program}-{version}-dependency-cyclonedx.json",
            packages,
            sbom.java_runtime(RUNTIME) if kind == "jvm" else sbom.compiled_in(_runner(program)),
            created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        suffix = "-jvm" if kind == "jvm" else ""
        recipe = f"{program}/src/main/container/Containerfile" + (".jvm" if kind == "jvm" else "")
        config = containerfile.configuration(
            recipe, {"VERSION": version + suffix, "REVISION": _revision(), "SOURCE": _source(), "BASE": "scratch"}
        )
        uppers = _native_layers(program) if kind == "native" else _jvm_layers(program)
        top = uppers[-1]
        top.file(f"usr/share/sbom/hydra-{program}.cdx.json", bill)
        for volume in config.get("Volumes", {}):
            top.directory(volume, mode=0o755, owner=oci.NONROOT)
        name = f"{os.environ.get('HYDRA_IMAGE_PREFIX') or 'hydra.local'}/hydra-{program}:{version}{suffix}"
        path = f"{OUT}/hydra-{program}{suffix}"
        with open(path + ".cdx.json", "wb") as file:
            file.write(bill)
        digest = oci.write_archive(
            path + ".oci.tar",
            name,
            debian.architecture(),
            config,
            lower + [oci.PackedLayer(layer, mtime) for layer in uppers],
            created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        print(f"{path}.oci.tar  {os.path.getsize(path + '.oci.tar') / 1048576:.0f} MiB  {name}  {digest}", flush=True)


def _runtime_layer():
    layer = oci.Layer("Java runtime")
    layer.copy(RUNTIME, "usr/lib/jvm/hydra")
    return layer


def _native_layers(program):
    layer = oci.Layer(f"Hydra: {program}, native executable")
    layer.copy(_runner(program), f"app/hydra-{program}")
    return [layer]


def _runner(program):
    [runner] = glob.glob(f"{program}/target/*-runner")
    return runner


def _jvm_layers(program):
    """Others' libraries, which change seldom, apart from our own files."""
    built = f"{program}/target/quarkus-app"
    libraries, ours = oci.Layer(f"Libraries of {program}"), oci.Layer(f"Hydra: {program}")
    for path in glob.glob(f"{built}/lib/*/*"):
        layer = ours if os.path.basename(path).startswith("io.hydra.") else libraries
        layer.copy(path, "app/" + os.path.relpath(path, built))
    for path in ("app", "quarkus", "quarkus-run.jar"):
        ours.copy(f"{built}/{path}", "app/" + path)
    return [libraries, ours]


def _created(pom):
    """SOURCE_DATE_EPOCH, or what the jars carry too."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    stamp = pom.findtext("m:properties/m:project.build.outputTimestamp", namespaces=POM)
    return datetime.datetime.fromisoformat(stamp)


def _revision():
    """The commit; an empty label outside of a clone is left out."""
    commit = _git("rev-parse", "HEAD")
    return commit + "-modified" if commit and _git("status", "--porcelain", "--untracked-files=no") else commit


def _source():
    """HYDRA_SOURCE, or where the clone came from if that is an address without a user's name in it."""
    origin = os.environ.get("HYDRA_SOURCE") or _git("config", "--get", "remote.origin.url")
    return origin if origin.startswith("https://") and "@" not in origin else ""


def _git(*command):
    try:
        return subprocess.run(("git",) + command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()
    except FileNotFoundError:
        return ""


main(sys.argv[1], sys.argv[2:])
