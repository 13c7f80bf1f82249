"""A check for Schemathesis: a refusal has a status and a code that the operation lists for it."""

import schemathesis


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
