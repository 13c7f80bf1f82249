"""What the last stage of a Containerfile says of its image, so that both ways to build one give the same."""

import json
import re
import shlex


def configuration(path, arguments):
    """The `config` part of an OCI image configuration. `arguments` fill ${NAME}; one that is missing is an error."""
    config = {"Env": [], "Labels": {}, "ExposedPorts": {}, "Volumes": {}}
    for line in _last_stage(path):
        instruction, _, rest = line.partition(" ")
        rest = re.sub(r"\$\{(\w+)\}", lambda match: arguments[match[1]], rest.strip())
        match instruction:
            case "ENV":
                config["Env"] += shlex.split(rest)
            case "LABEL":
                config["Labels"].update(pair.split("=", 1) for pair in shlex.split(rest))
            case "EXPOSE":
                config["ExposedPorts"].update({f"{port}/tcp": {} for port in rest.split()})
            case "VOLUME":
                config["Volumes"].update({volume: {} for volume in json.loads(rest)})
            case "USER":
                config["User"] = rest
            case "WORKDIR":
                config["WorkingDir"] = rest
            case "ENTRYPOINT":
                config["Entrypoint"] = json.loads(rest)
            case "ARG" | "COPY":
                pass
            case _:
                raise SystemExit(f"build-images: {path}: the last stage has {instruction}, which is not known here")
    config["Labels"] = {label: value for label, value in config["Labels"].items() if value}
    return {key: value for key, value in config.items() if value}


def _last_stage(path):
    with open(path) as file:
        text = re.sub(r"\\\n\s*", "", file.read())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    start = max(number for number, line in enumerate(lines) if line.startswith("FROM "))
    return lines[start + 1 :]
