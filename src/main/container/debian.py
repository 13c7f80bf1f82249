"""The base layer: the few files of Debian packages that a native executable or a Java runtime needs, and no shell among them."""

import fnmatch
import functools
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile

from oci import NONROOT, Layer

# Of each package, what is taken; its copyright file and its entry in status.d always are.
PACKAGES = {
    "base-files": ["etc/debian_version", "etc/os-release", "usr/lib/os-release", "usr/share/common-licenses/*"],
    "ca-certificates": [],  # becomes one bundle
    "libc6": ["usr/lib/*-linux-gnu*/*.so*", "usr/lib*/ld-linux*", "etc/ld.so.conf.d/*"],
    "libc-bin": ["usr/lib/locale/C.utf8/*"],  # without it, names of files that are not ASCII are out of Java's reach
    "zlib1g": ["usr/lib/*-linux-gnu*/*.so*"],
}
MERGED = ("bin", "lib", "lib32", "lib64", "sbin")


class Package:
    """One package as apt offers it here, kept in `cache` under its name, version and checksum."""

    def __init__(self, name, cache):
        self.name = name
        shown = _run("apt-cache", "show", "--no-all-versions", name)
        fields = dict(line.split(": ", 1) for line in shown.split("\n\n")[0].splitlines() if ": " in line and line[0] != " ")
        self.version, self.architecture, self.sha256 = fields["Version"], fields["Architecture"], fields["SHA256"]
        self.path = self._cached(cache)

    def _cached(self, cache):
        kept = os.path.join(cache, f"{self.name}_{self.version.replace(':', '%3a')}_{self.architecture}_{self.sha256[:16]}.deb")
        if os.path.exists(kept):
            return kept
        os.makedirs(cache, exist_ok=True)
        # World-readable, or apt complains that its own user cannot write there.
        with tempfile.TemporaryDirectory(dir=cache) as here:
            _run("apt-get", "-qq", "download", f"{self.name}={self.version}", directory=here)
            [loaded] = os.listdir(here)
            loaded = os.path.join(here, loaded)
            with open(loaded, "rb") as content:
                found = hashlib.sha256(content.read()).hexdigest()
            if found != self.sha256:
                raise SystemExit(f"build-images: {self.name} {self.version} has the checksum {found}, its package list says {self.sha256}")
            shutil.move(loaded, kept)
        return kept

    @property
    def vendor(self):
        return _os_release()["ID"]

    @property
    def distribution(self):
        return f"{_os_release()['ID']}-{_os_release()['VERSION_ID']}"

    def control(self):
        return _run("dpkg-deb", "--field", self.path)

    def files(self):
        """Its entries as (path, TarInfo, content), each path in its place after the merge of /usr."""
        tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", self.path], check=True, stdout=subprocess.PIPE).stdout
        with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
            for entry in archive:
                path = os.path.normpath(entry.name).lstrip("/")
                if path.split("/")[0] in MERGED:
                    path = "usr/" + path
                yield path, entry, archive.extractfile(entry).read() if entry.isreg() else b""


def packages(cache):
    return [Package(name, cache) for name in sorted(PACKAGES)]


def architecture():
    """Of the packages here; OCI has the same names for amd64 and arm64."""
    return _run("dpkg", "--print-architecture").strip()


def base_layer(found):
    layer = Layer("Base: " + ", ".join(f"{package.name} {package.version}" for package in found))
    authorities = {}
    for package in found:
        wanted = PACKAGES[package.name] + [f"usr/share/doc/{package.name}/copyright"]
        for path, entry, content in package.files():
            if fnmatch.fnmatch(path, "usr/share/ca-certificates/*.crt"):
                authorities[path] = content
            elif any(fnmatch.fnmatch(path, pattern) for pattern in wanted) and not fnmatch.fnmatch(path, "*/gconv/*"):
                if entry.issym():
                    layer.link(path, entry.linkname)
                elif entry.isreg():
                    layer.file(path, content, executable=bool(entry.mode & 0o100))
        # Where scanners look for packages in images without dpkg's own database.
        layer.file(f"var/lib/dpkg/status.d/{package.name}", package.control().encode())
    layer.file("etc/ssl/certs/ca-certificates.crt", b"".join(authorities[path].strip() + b"\n" for path in sorted(authorities)))
    _skeleton(layer)
    return layer


def _skeleton(layer):
    used = {path.split("/")[1] for path in layer.paths() if path.startswith("usr/")}
    for name in MERGED:
        if name in used or name in ("bin", "sbin", "lib"):
            layer.directory("usr/" + name)
            layer.link(name, "usr/" + name)
    for path in ("dev", "etc", "proc", "run", "sys", "var/lib"):
        layer.directory(path)
    layer.directory("tmp", mode=0o1777)
    layer.directory("home/nonroot", mode=0o700, owner=NONROOT)
    layer.file("etc/passwd", f"root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:{NONROOT}:{NONROOT}:nonroot:/home/nonroot:/sbin/nologin\n".encode())
    layer.file("etc/group", f"root:x:0:\nnonroot:x:{NONROOT}:\n".encode())
    layer.file("etc/nsswitch.conf", b"passwd: files\ngroup: files\nhosts: files dns\n")


@functools.cache
def _os_release():
    """Whose packages apt offers here."""
    with open("/etc/os-release") as file:
        return {key: value.strip('"') for key, value in (line.strip().split("=", 1) for line in file if "=" in line)}


def _run(*command, directory=None):
    done = subprocess.run(command, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        complaint = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise SystemExit(f"build-images: {' '.join(command)}: {complaint} (are there package lists? apt-get update)")
    return done.stdout
