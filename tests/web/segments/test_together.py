"""Two people, two browsers, one segment."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.web.answers import expect_answer
from tests.web.person import Person
from tests.web.segments.segments_fixture import create, delete, found
from tests.web.settled import settled
from tests.web.site import Site


def edit(one: Person, segment: str) -> None:
    """Opens the form."""
    one.go(f"/segments/{segment}")
    one.page.get_by_role("button", name="Edit").click()
    expect(one.page.get_by_label("Name")).to_be_editable()


def fill(one: Person, name: str, description: str) -> None:
    """Types, and does not save."""
    one.page.get_by_label("Name").fill(name)
    one.page.get_by_label("Description").fill(description)


def save(one: Person) -> None:
    """The form is sent, and was taken."""
    one.page.get_by_role("button", name="Save changes").click()
    expect(one.page.get_by_text("The changes were saved.")).to_be_visible()
    expect(one.page.get_by_role("button", name="Save changes")).to_have_count(0)


def test_each_sees_what_the_other_does(person: Callable[..., Person], site: Site) -> None:
    """On the page and on the list, without reloading."""
    segment = create(
        site,
        "Seen by Two",
        "seen",
        description="As **it** was. ![eye](https://other.example/eye.png)",
    )
    admin, trainer = person("site-admin"), person("training-manager")
    trainer.go(f"/segments/{segment}")
    expect(trainer.page.get_by_text("As it was.")).to_be_visible()
    expect(trainer.page.get_by_role("strong")).to_have_text("it")
    trainer.assert_accessible()
    edit(admin, segment)
    admin.assert_accessible()
    admin.page.get_by_label("Name").fill("Known to Two")
    admin.page.get_by_label("Description").fill("As it *is*.")
    save(admin)
    heading = trainer.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Known to Two")
    expect(trainer.page.get_by_text("As it is.")).to_be_visible()
    admin.go("/segments?search=known")
    edit(trainer, segment)
    trainer.page.get_by_label("User segment ID").fill("known-to-two")
    save(trainer)
    row = admin.page.get_by_role("row").filter(has_text="Known to Two")
    expect(row).to_contain_text("known-to-two")


def test_edits_of_different_fields_both_hold(person: Callable[..., Person], site: Site) -> None:
    """Who types is told that somebody saved meanwhile, and saves without being asked."""
    segment = create(site, "Apart", "apart")
    admin, trainer = person("site-admin"), person("training-manager")
    edit(admin, segment)
    edit(trainer, segment)
    admin.page.get_by_label("Name").fill("Far Apart")
    trainer.page.get_by_label("Description").fill("By the trainer.")
    save(trainer)
    told = admin.page.get_by_role("status").filter(has_text="Somebody changed this meanwhile")
    expect(told).to_contain_text("Training Manager")
    expect(admin.page.get_by_label("Name")).to_have_value("Far Apart")
    admin.assert_accessible()
    save(admin)
    expect_answer(found, site, "apart").to_equal(
        {
            "name": "Far Apart",
            "description": "By the trainer.",
            "visible": True,
            "status": "ACTIVE",
            "version": 3,
        }
    )


def choose_by_keyboard(dialog: Locator) -> None:
    """One's own name, the other's description."""
    expect(dialog).to_be_visible()
    settled(dialog.page)
    mine = dialog.get_by_role("radio", name="Mine")
    mine.press("Space")
    expect(mine).to_be_checked()
    chosen = dialog.get_by_role("button", name="Save what I chose")
    expect(chosen).to_be_disabled()
    dialog.get_by_role("radio", name="Written by the trainer.").check()
    expect(chosen).to_be_enabled()
    chosen.press("Enter")


def test_a_conflict_shows_both_and_loses_neither(person: Callable[..., Person], site: Site) -> None:
    """Field by field one chooses; by keyboard, too. Both stay in the history."""
    segment = create(site, "Disputed", "disputed", description="First.")
    admin, trainer = person("site-admin"), person("training-manager")
    edit(admin, segment)
    edit(trainer, segment)
    fill(admin, "Mine", "Written by the admin.")
    fill(trainer, "Theirs", "Written by the trainer.")
    save(trainer)
    admin.page.get_by_role("button", name="Save changes").click()
    dialog = admin.page.get_by_role("dialog", name="Somebody else changed this, too")
    names = dialog.get_by_role("radiogroup", name="Name")
    expect(names).to_contain_text("Saved by Training Manager")
    for choice in ("Theirs", "Mine"):
        expect(names.get_by_role("radio", name=choice)).to_be_visible()
    admin.assert_accessible()
    dialog.get_by_role("button", name="Back to the form").click()
    expect(dialog).to_have_count(0)
    expect(admin.page.get_by_label("Name")).to_have_value("Mine")
    admin.page.get_by_role("button", name="Save changes").click()
    choose_by_keyboard(dialog)
    expect(admin.page.get_by_role("heading", level=1)).to_have_text("Mine")
    expect(admin.page.get_by_text("Written by the trainer.")).to_be_visible()
    expect_answer(found, site, "disputed").to_have(version=3)
    history = '{ userSegment(segment: {code: "disputed"}) { history { nodes { summary } } } }'
    expect_answer(site.ask, history).to_contain("“Theirs”")


def test_a_segment_that_goes_leaves_what_was_typed(
    person: Callable[..., Person], site: Site
) -> None:
    """The page says that it is gone; nothing typed vanishes, and saving is refused."""
    segment = create(site, "Going", "going")
    trainer = person("training-manager")
    edit(trainer, segment)
    trainer.page.get_by_label("Description").fill("A long text.")
    delete(site, segment)
    expect(trainer.page.get_by_text("This segment is not on the site any more")).to_be_visible()
    expect(trainer.page.get_by_label("Description")).to_have_value("A long text.")
    expect(trainer.page.get_by_role("button", name="Actions for")).to_have_count(0)
    trainer.page.get_by_role("button", name="Save changes").click()
    expect(trainer.page.get_by_text("There is no such segment.")).to_be_visible()
    trainer.assert_accessible()
