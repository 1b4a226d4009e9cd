"""Descriptions that are dear to render."""

from __future__ import annotations

from bench.attacks.asking import client, told_of
from bench.attacks.attack import Attack
from bench.site import Bench
from domain.kernel.principal import Role

TABLE = "|".join(["a"] * 1_600) + "\n" + "|".join(["-"] * 1_600) + "\n" + "|\n" * 170
CREATE = """mutation ($name: String!, $text: String!) {
    createUserSegment(input: {name: $name, description: $text}) { errors { code } } }"""
LOOK = "{{ siteUserSegments(first: {count}) {{ nodes {{ descriptionHtml }} }} }}"


def _looked_at(count: int) -> Attack:
    async def mount(bench: Bench) -> str:
        async with client(bench, Role.TRAINING_MANAGER) as manager:
            for number in range(count):
                variables = {"name": f"Segment {number}", "text": f"{TABLE}{number}"}
                await manager.post("/graphql", json={"query": CREATE, "variables": variables})
            answer = await manager.post("/graphql", json={"query": LOOK.format(count=count)})
        return told_of(answer)

    return Attack(f"a table of 1,600 columns as a description, {count} times", mount)


MARKDOWN = (_looked_at(1), _looked_at(100))
