"""Ways to use a page: with the mouse, or with nothing but a keyboard. A test says what, they know how."""

from pathlib import Path

from playwright.sync_api import Locator, Page


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def fill(self, box: Locator, text: str) -> None:
        box.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()

    def choose(self, box: Locator, label: str) -> None:
        box.select_option(label=label)

    def attach(self, box: Locator, file: Path) -> None:
        box.set_input_files(file)

    def press(self, button: Locator) -> None:
        button.click()


class Keyboard(Mouse):
    """Tab until the thing has the focus, as everybody must who cannot point."""

    def reach(self, thing: Locator) -> None:
        here = "each => each === document.activeElement"
        for _stop in range(80):
            if thing.evaluate(here):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{thing} cannot be reached with Tab")

    def fill(self, box: Locator, text: str) -> None:
        self.reach(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        self.reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def choose(self, box: Locator, label: str) -> None:
        self.reach(box)
        self.page.keyboard.type(label)

    def attach(self, box: Locator, file: Path) -> None:
        self.reach(box)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def press(self, button: Locator) -> None:
        self.reach(button)
        self.page.keyboard.press("Enter")
