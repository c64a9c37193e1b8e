"""What the contract cannot tell Schemathesis: whose credentials go with a request, and which values exist."""

import re
from urllib.parse import urlencode

import checks  # noqa: F401, registers the checks
import customers
import links  # noqa: F401, registers the hook
import schemathesis
import values

# With room for a path in front of it.
LONGEST_QUERY = 7000

PENDING = "set when the request is sent"

customers.start_afresh()


@schemathesis.auth(refresh_interval=None)
class Bearer:
    """Marks a case as authenticated. Cases are made long before they are sent; a token might be dead by then."""

    def get(self, case, context):
        return PENDING if accepted(context.operation) else None

    def set(self, case, data, context):
        case.headers["Authorization"] = data


def accepted(operation) -> set[str]:
    """The kinds of token that an operation takes."""
    alternatives = operation.definition.raw.get("security") or []
    return {kind for alternative in alternatives for kind in alternative}


def token_for(case) -> str:
    owner = customers.owner_of((case.path_parameters or {}).get("addressId"))
    if owner:
        return owner.token
    kinds = accepted(case.operation)
    if "CustomerAccessToken" in kinds and ("AnonymousAccessToken" not in kinds or values.lot(case) % 2):
        return customers.regular().token
    return customers.anonymous(values.tenant_of(case))["access_token"]


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what HTTP itself refuses: a URI above 8 KiB is 414, whatever the contract says."""
    return len(urlencode(case.query or {}, doseq=True, errors="replace")) < LONGEST_QUERY


@schemathesis.hook
def before_call(context, case, kwargs):
    token = values.fill(case)
    if case.headers.get("Authorization") == PENDING:
        case.headers["Authorization"] = f"Bearer {token or token_for(case)}"


@schemathesis.hook
def after_call(context, case, response):
    """Keeps track of whose addresses there are, since only their customer can ask for them."""
    created = case.operation.label == "POST /customer/{tenant}/me/addresses" and response.status_code == 201
    removed = case.operation.label == "DELETE /customer/{tenant}/me/addresses/{addressId}"
    if created:
        holder = customers.holder_of(response.request.headers["Authorization"].removeprefix("Bearer "))
        if holder:
            customers.keep_address(holder, response.json()["id"])
    elif removed and response.status_code == 204:
        customers.forget_address(case.path_parameters["addressId"])


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """`DELETE /me` frees nothing that another request names: `/me` is whoever sends the token.

    Without a token of its own it only asks for a mail, by contract, and the profile is still there. With one it
    removes a customer, and the requests after it are another customer's. `ended_customers_are_gone` sees to the rest.
    """
    freed = getattr(failure, "free", "")
    return not (type(failure).__name__ == "UseAfterFree" and re.fullmatch(r"DELETE .*/customer/[^/]+/me", freed))
