"""The Node interface: everything that has an id of its own."""

import strawberry


@strawberry.interface(description="Anything that can be found again by its id.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque, unique over all types.")
