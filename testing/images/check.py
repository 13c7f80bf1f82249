"""Checks OCI archives without running them. Usage: check.py ARCHIVE …; says what is wrong, exit code 1.
check.py --entrypoint ARCHIVE only says how it starts."""

import gzip
import hashlib
import io
import json
import os
import posixpath
import re
import sys
import tarfile

SHELLS_AND_PACKAGE_TOOLS = {"sh", "bash", "dash", "ash", "busybox", "apt", "apt-get", "dpkg", "perl", "python3"}
LABELS = ("title", "description", "version", "licenses", "base.name")


def main(archives):
    wrong = [f"{archive}: {complaint}" for archive in archives for complaint in complaints(archive)]
    print("\n".join(wrong) or f"{len(archives)} archives are well-formed")
    return 1 if wrong or not archives else 0


def complaints(path):
    with tarfile.open(path) as archive:
        files = {entry.name: archive.extractfile(entry).read() for entry in archive if entry.isreg()}

    def blob(descriptor):
        content = files["blobs/" + descriptor["digest"].replace(":", "/")]
        if len(content) != descriptor["size"]:
            raise ValueError(f"{descriptor['digest']} is not as long as its descriptor says")
        return content

    for name, content in files.items():
        if name.startswith("blobs/") and hashlib.sha256(content).hexdigest() != posixpath.basename(name):
            yield f"{name} has another checksum"
    if json.loads(files["oci-layout"])["imageLayoutVersion"] != "1.0.0":
        yield "not an OCI layout 1.0.0"
    [described] = json.loads(files["index.json"])["manifests"]
    program, kind = re.fullmatch(r"hydra-(\w+?)(-jvm)?\.oci\.tar", os.path.basename(path)).groups()
    for key in ("io.containerd.image.name", "org.opencontainers.image.ref.name"):
        if not re.fullmatch(rf"[\w./-]+/hydra-{program}:[\w.-]+{kind or ''}", described["annotations"].get(key, "")):
            yield f"annotation {key} is {described['annotations'].get(key)}"
    manifest = json.loads(blob(described))
    image = json.loads(blob(manifest["config"]))
    tars = [gzip.decompress(blob(layer)) for layer in manifest["layers"]]
    if image["rootfs"]["diff_ids"] != ["sha256:" + hashlib.sha256(tar).hexdigest() for tar in tars]:
        yield "diff_ids are not those of the layers"
    tree, contents = {}, {}
    for tar in tars:
        with tarfile.open(fileobj=io.BytesIO(tar)) as layer:
            for entry in layer:
                tree[entry.name] = entry
                if entry.isreg():
                    contents[entry.name] = layer.extractfile(entry).read()
    yield from configuration_complaints(image["config"], tree)
    yield from tree_complaints(tree)
    yield from sbom_complaints(contents, path, program, kind)


def configuration_complaints(config, tree):
    if config["User"] != "65532:65532":
        yield f"runs as {config['User']}"
    for label in LABELS:
        if not config["Labels"].get("org.opencontainers.image." + label):
            yield f"has no label {label}"
    start = config["Entrypoint"][0].lstrip("/")
    if start not in tree or not tree[start].mode & 0o111:
        yield f"{start} cannot be started"
    for volume in config.get("Volumes", {}):
        entry = tree.get(volume.lstrip("/"))
        if entry is None or not entry.isdir() or (entry.uid, entry.gid) != (65532, 65532):
            yield f"volume {volume} does not belong to the user"


def tree_complaints(tree):
    for name, entry in tree.items():
        if posixpath.basename(name) in SHELLS_AND_PACKAGE_TOOLS and (entry.isreg() or entry.issym()) and entry.mode & 0o111:
            yield f"{name} has no place in it"
        if entry.mode & 0o6000:
            yield f"{name} is set-user-id or set-group-id"
        if entry.issym() and resolve(tree, name) not in tree:
            yield f"{name} points to {entry.linkname}, which is not there"
        if entry.mode & 0o002 and not entry.issym() and name != "tmp":
            yield f"{name} can be written by everybody"


def resolve(tree, path, depth=0):
    """The path with all links followed, as the kernel would."""
    done = ""
    for part in posixpath.normpath(path).split("/"):
        done = posixpath.normpath(posixpath.join(done, part)).lstrip("/")
        if done in tree and tree[done].issym() and depth < 20:
            target = tree[done].linkname
            above = "" if target.startswith("/") else posixpath.dirname(done)
            done = resolve(tree, posixpath.normpath(posixpath.join(above, target.lstrip("/"))), depth + 1)
    return done


def sbom_complaints(contents, path, program, kind):
    inside = contents.get(f"usr/share/sbom/hydra-{program}.cdx.json")
    with open(path.removesuffix(".oci.tar") + ".cdx.json", "rb") as file:
        if file.read() != inside:
            yield "the SBOM in it is not the one beside it"
    bill = json.loads(inside)
    if bill["bomFormat"] != "CycloneDX" or not bill["serialNumber"].startswith("urn:uuid:"):
        yield "the SBOM is not CycloneDX"
    references = [bill["metadata"]["component"]["bom-ref"]] + [component["bom-ref"] for component in bill["components"]]
    if len(references) != len(set(references)):
        yield "the SBOM names a component twice"
    known = set(references)
    for entry in bill["dependencies"]:
        if not known.issuperset([entry["ref"], *entry["dependsOn"]]):
            yield f"the SBOM lets {entry['ref']} depend on what it does not name"
    for wanted in ["libc6", "zlib1g", "quarkus-core", "openjdk"] + ([] if kind else ["native-image"]):
        if wanted not in {component["name"] for component in bill["components"]}:
            yield f"the SBOM lacks {wanted}"
    listed = {(component["name"], component["version"]) for component in bill["components"]}
    for name, content in contents.items():
        if name.startswith("var/lib/dpkg/status.d/"):
            version = re.search(r"^Version: (.*)$", content.decode(), re.MULTILINE)[1]
            if (posixpath.basename(name), version) not in listed:
                yield f"the SBOM lacks {posixpath.basename(name)} {version}"
        jar = re.fullmatch(r"app/lib/\w+/(.*)\.jar", name)
        if jar and not any(
            jar[1] == f"{component.get('group', '')}.{component['name']}-{component['version']}" or jar[1].startswith(f"{component.get('group', '')}.{component['name']}-{component['version']}-")
            for component in bill["components"]
        ):
            yield f"the SBOM lacks {jar[1]}"


def entry_point(path):
    with tarfile.open(path) as archive:

        def read(name):
            return json.load(archive.extractfile(name))

        def blob(descriptor):
            return read("blobs/" + descriptor["digest"].replace(":", "/"))

        return blob(blob(read("index.json")["manifests"][0])["config"])["config"]["Entrypoint"]


if sys.argv[1] == "--entrypoint":
    print(*entry_point(sys.argv[2]))
else:
    sys.exit(main(sys.argv[1:]))
