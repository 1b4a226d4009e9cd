"""The Node interface: everything that has an id of its own."""

import strawberry


@strawberry.interface(description="Anything that can be found again by its id.")
class Node:
    id: strawberry.ID = strawberry.field(
        description="Global id of one thing, or of a thing as of one moment. Store it, don't parse"
        " it; `node(id:)` finds the object again."
    )
