"""For Schemathesis: a refusal has a status and a code that the operation lists for it, and what people send has no fields of other names."""

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Nearly each body would have fields that the manager refuses at once, so that nothing else of it was tried."""
    schemas = raw_schema["components"]["schemas"]
    closed = set()

    def close(node):
        if isinstance(node, list):
            for one in node:
                close(one)
        if not isinstance(node, dict):
            return
        name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
        if name and name not in closed:
            closed.add(name)
            close(schemas[name])
        if "properties" in node:
            node.setdefault("additionalProperties", False)
        for one in node.values():
            close(one)

    for path, operations in raw_schema["paths"].items():
        if path.startswith("/api/v1/channels/"):
            for operation in operations.values():
                close([content["schema"] for content in operation.get("requestBody", {}).get("content", {}).values()])


@schemathesis.check
def listed_code(ctx, response, case):
    status = response.status_code
    # 405 is of another method than the operation's.
    if status < 400 or status == 405:
        return
    listed = case.operation.definition.raw["responses"].get(str(status))
    assert listed is not None, f"status {status} is not listed: {response.text}"
    code = response.json().get("code")
    codes = listed.get("x-error-codes", [])
    assert code in codes, f"code {code} is not among {codes} of status {status}: {response.text}"
