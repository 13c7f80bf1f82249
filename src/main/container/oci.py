"""Layers and archives of OCI images (image-spec 1.1): the same content gives the same bytes."""

import gzip
import hashlib
import io
import json
import os
import tarfile

NONROOT = 65532
GZIP_LEVEL = 6


class Layer:
    """A tree of files, owned by root where nothing else is said. Directories above an entry come by themselves."""

    def __init__(self, comment):
        self.comment = comment
        self._entries = {}

    def directory(self, path, mode=0o755, owner=0):
        self._put(path, tarfile.DIRTYPE, mode, owner)

    def file(self, path, content, executable=False):
        self._put(path, tarfile.REGTYPE, 0o755 if executable else 0o644, content=content)

    def link(self, path, target):
        self._put(path, tarfile.SYMTYPE, 0o777, target=target)

    def copy(self, source, path):
        """The file or the whole directory `source` of this machine, as `path`."""
        if os.path.islink(source):
            self.link(path, os.readlink(source))
        elif os.path.isdir(source):
            self.directory(path)
            for name in os.listdir(source):
                self.copy(os.path.join(source, name), f"{path}/{name}")
        else:
            with open(source, "rb") as content:
                self.file(path, content.read(), executable=os.access(source, os.X_OK))

    def paths(self):
        return set(self._entries)

    def tar(self, mtime):
        """The layer as an uncompressed archive; `mtime` in seconds since 1970."""
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in sorted(self._with_parents()):
                entry, content = self._entries.get(path, _entry(path, tarfile.DIRTYPE, 0o755))
                entry.mtime = mtime
                archive.addfile(entry, io.BytesIO(content) if entry.isreg() else None)
        return out.getvalue()

    def _with_parents(self):
        paths = set()
        for path in self._entries:
            while path and path not in paths:
                paths.add(path)
                path = os.path.dirname(path)
        return paths

    def _put(self, path, kind, mode, owner=0, content=b"", target=""):
        path = path.strip("/")
        self._entries[path] = _entry(path, kind, mode, owner, content, target)


def _entry(path, kind, mode, owner=0, content=b"", target=""):
    entry = tarfile.TarInfo(path)
    entry.type, entry.mode, entry.uid, entry.gid = kind, mode, owner, owner
    entry.size, entry.linkname = len(content), target
    return entry, content


class PackedLayer:
    """A layer as it is stored, so that images that share it compress it once."""

    def __init__(self, layer, mtime):
        tar = layer.tar(mtime)
        self.comment = layer.comment
        self.diff_id = _digest(tar)
        self.blob = gzip.compress(tar, GZIP_LEVEL, mtime=0)


def write_archive(path, name, architecture, config, layers, created):
    """Writes the image `name` of `layers` (PackedLayer) to `path`, an OCI layout in a tar; `created` in RFC 3339. Returns its digest."""
    blobs = {}

    def descriptor(media_type, blob):
        digest = _digest(blob)
        blobs[digest] = blob
        return {"mediaType": "application/vnd.oci.image." + media_type, "digest": digest, "size": len(blob)}

    image = {
        "created": created,
        "architecture": architecture,
        "os": "linux",
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": [layer.diff_id for layer in layers]},
        "history": [{"created": created, "created_by": "bin/build-images", "comment": layer.comment} for layer in layers],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": descriptor("config.v1+json", _json(image)),
        "layers": [descriptor("layer.v1.tar+gzip", layer.blob) for layer in layers],
        "annotations": config["Labels"],
    }
    described = descriptor("manifest.v1+json", _json(manifest))
    # containerd takes its own key; podman, skopeo and others take the specification's, as a whole name.
    names = {"io.containerd.image.name": name, "org.opencontainers.image.ref.name": name}
    index = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [{**described, "platform": {"architecture": architecture, "os": "linux"}, "annotations": names}],
    }
    archive = Layer("")
    archive.file("oci-layout", _json({"imageLayoutVersion": "1.0.0"}))
    archive.file("index.json", _json(index))
    for digest, blob in blobs.items():
        archive.file("blobs/" + digest.replace(":", "/"), blob)
    with open(path + ".new", "wb") as out:
        out.write(archive.tar(mtime=0))
    os.replace(path + ".new", path)
    return described["digest"]


def _digest(blob):
    return "sha256:" + hashlib.sha256(blob).hexdigest()


def _json(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
