"""The docs page as a person meets it: every operation is there, and anonymous login gives a token.

The page has to do with what the service sends, and its console has to stay clean.
"""

import json
import os
import re
import sys
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ORIGIN = os.environ["CUSTOMER_SERVICE"]
LOGIN = "/customerlogin/auth/anonymous/login"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def browser(scratch: str) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-proxy-server",
        "--window-size=1280,1600",
        f"--user-data-dir={scratch}/profile",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # Naming the driver keeps Selenium from looking for one to download.
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def shown_operations(page) -> set[tuple[str, str]]:
    rows = page.find_elements(By.CSS_SELECTOR, ".opblock-summary")
    return {
        (
            row.find_element(By.CSS_SELECTOR, ".opblock-summary-method").text.lower(),
            row.find_element(By.CSS_SELECTOR, "[data-path]").get_attribute("data-path"),
        )
        for row in rows
        if row.is_displayed()
    }


def declared_operations(page) -> set[tuple[str, str]]:
    document = page.execute_async_script(
        "const done = arguments[0]; fetch('/openapi.json').then(answer => answer.json()).then(done)"
    )
    return {(method, path) for path, item in document["paths"].items() for method in item if method in METHODS}


def try_login(page, wait) -> tuple[str, dict]:
    """Fills in the form of anonymous login, sends it, and returns the status and body that the page shows."""
    selector = f'.opblock-summary-path[data-path="{LOGIN}"]'
    block = page.find_element(By.CSS_SELECTOR, selector).find_element(
        By.XPATH, "./ancestor::*[contains(concat(' ', @class, ' '), ' opblock ')]"
    )
    block.find_element(By.CSS_SELECTOR, ".opblock-summary-control").click()

    def inside(css):
        return wait.until(lambda _: next((e for e in block.find_elements(By.CSS_SELECTOR, css) if e.is_displayed()), None))

    inside(".try-out__btn").click()
    for name, value in (("tenant", "acme"), ("client_id", "storefront")):
        field = inside(f'tr[data-param-name="{name}"] input')
        field.clear()
        field.send_keys(value)
    inside("button.execute").click()
    status = inside(".live-responses-table .response .response-col_status").text.split()[0]
    body = inside(".live-responses-table .response .highlight-code code").get_attribute("textContent")
    return status, json.loads(body)


def foreign_requests(page) -> list[str]:
    """What the page asked for elsewhere than from the service."""
    messages = (json.loads(entry["message"])["message"] for entry in page.get_log("performance"))
    urls = (m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent")
    return sorted({url for url in urls if url.startswith(("http:", "https:", "ws:", "wss:")) and foreign(url)})


def foreign(url: str) -> bool:
    return urlsplit(url).netloc != urlsplit(ORIGIN).netloc


def main(scratch: str) -> None:
    page = browser(scratch)
    wait = WebDriverWait(page, 30)
    try:
        page.get(f"{ORIGIN}/docs")
        declared = declared_operations(page)
        wait.until(lambda _: len(shown_operations(page)) >= len(declared), "the operations do not appear")
        shown = shown_operations(page)
        assert shown == declared, f"shown but not declared, or the other way round: {shown ^ declared}"
        assert len(shown) == 26, f"{len(shown)} operations are shown, expected 26"
        status, body = try_login(page, wait)
        assert status == "200", f"anonymous login answers {status}: {body}"
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", body["access_token"]), "what came is not an access token"
        assert body["scope"] == "tenant=acme", f"a token for {body['scope']}"
        foreign = foreign_requests(page)
        assert not foreign, f"the page asks elsewhere: {foreign}"
        complaints = [entry["message"] for entry in page.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        assert not complaints, f"the console shows: {complaints}"
    finally:
        page.save_screenshot(f"{scratch}/docs-page.png")
        page.quit()
    print(f"{len(shown)} operations shown, anonymous login tried from the page: {status}")


if __name__ == "__main__":
    main(sys.argv[1])
