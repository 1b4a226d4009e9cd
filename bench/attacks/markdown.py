"""Descriptions that are dear to render."""

from __future__ import annotations

import string
from functools import partial

import httpx2

from bench.attacks.attack import Attack
from bench.attacks.http_client import client, counted, told_of
from bench.support.site import Bench
from domain.kernel.principal import Role

TABLE = "|".join(["a"] * 1_600) + "\n" + "|".join(["-"] * 1_600) + "\n" + "|\n" * 170
CREATE = """mutation ($name: String!, $text: String!) {
    createUserSegment(input: {name: $name, description: $text}) { errors { code } } }"""
DEAR = 400
HTML = "nodes { descriptionHtml }"
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


async def _aliased(bench: Bench) -> str:
    fields = " ".join(f"a{number}: descriptionHtml" for number in range(8))
    async with client(bench, Role.TRAINING_MANAGER) as manager:
        variables = {"name": "Aliased", "text": f"{TABLE}of many names"}
        await manager.post("/graphql", json={"query": CREATE, "variables": variables})
        look = f'{{ siteUserSegments(search: "Aliased") {{ nodes {{ {fields} }} }} }}'
        return told_of(await manager.post("/graphql", json={"query": look}))


async def _flood(bench: Bench) -> str:
    """More than is remembered, asked for by several operations at once."""
    async with client(bench, Role.TRAINING_MANAGER) as manager:
        made = (partial(_plant, manager, number) for number in range(DEAR))
        planted = await counted(made, 8)
        pages = []
        for name in string.ascii_lowercase[:4]:
            query = f'{{ siteUserSegments(first: 100, search: "dear {name}") {{ {HTML} }} }}'
            pages.append(partial(manager.post, "/graphql", json={"query": query}))
        return f"planted {planted}; looked at {await counted(pages, len(pages))}"


async def _plant(manager: httpx2.AsyncClient, number: int) -> httpx2.Response:
    name = f"dear {string.ascii_lowercase[number % 4]} {number}"
    variables = {"name": name, "text": (f"{number} " + "[a](b)" * 2_000)[:6_000]}
    return await manager.post("/graphql", json={"query": CREATE, "variables": variables})


MARKDOWN = (
    _looked_at(1),
    _looked_at(100),
    Attack("one table of 1,600 columns under 8 names", _aliased),
    Attack(f"{DEAR} dear descriptions, looked at by 4 operations at once", _flood),
)
