"""Checks of our own, beside those that Schemathesis brings along."""

from collections import Counter

import customers
import schemathesis
import values


def bearer(response) -> str:
    return response.request.headers["Authorization"].removeprefix("Bearer ")


@schemathesis.check
def existing_values_are_accepted(ctx, response, case):
    """Where 400 may answer well-formed data, it is for values that do not exist."""
    if values.is_settled(case):
        assert response.status_code != 400, "Values that exist are refused"


@schemathesis.check
def ended_customers_are_gone(ctx, response, case):
    """A confirmed deletion ends the session that confirmed it."""
    if case.operation.label == "DELETE /customer/{tenant}/me" and response.status_code == 202:
        status = customers.status_of("GET", f"/customer/{customers.OPEN}/me", bearer(response))
        assert status == 401, f"The profile of a customer who is gone answers {status}, expected 401"


@schemathesis.check
def addresses_are_their_customers_alone(ctx, response, case):
    """Whoever else asks for an address hears that there is none."""
    if case.operation.label == "GET /customer/{tenant}/me/addresses/{addressId}" and response.status_code == 200:
        path = f"/customer/{customers.OPEN}/me/addresses/{case.path_parameters['addressId']}"
        status = customers.status_of("GET", path, customers.stranger().token)
        assert status == 404, f"Another customer's address answers {status}, expected 404"


@schemathesis.check
class EveryOperationSucceeds:
    """An operation that only ever refuses was not tried."""

    def __init__(self):
        self.schema = None
        self.answers = {}

    def after_response(self, ctx, response, case):
        self.schema = case.operation.schema
        if case.method.upper() == case.operation.method.upper():
            self.answers.setdefault(case.operation.label, Counter())[response.status_code] += 1

    def after_run(self, ctx):
        assert self.schema, "No operation was called"
        labels = [operation.ok().label for operation in self.schema.get_all_operations()]
        print("\nAnswers\n")
        for label in labels:
            counts = sorted(self.answers.get(label, {}).items())
            print(f"  {label:74}", *(f"{status} ({count})" for status, count in counts))
        silent = [label for label in labels if not any(200 <= status < 300 for status in self.answers.get(label, ()))]
        assert not silent, "Never answered 2xx: " + ", ".join(silent)
