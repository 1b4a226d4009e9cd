"""The documents that run.py sends."""

ROW = "fragment Row on UserSegment { id asOf name version }"

LIST = (
    """
    query ($first: Int, $after: String, $search: String) {
        siteUserSegments(first: $first, after: $after, search: $search) {
            nodes { ...Row }
            pageInfo { hasNextPage endCursor }
        }
    }
    """
    + ROW
)

NODE = "query ($id: ID!) { node(id: $id) { ...Row } }" + ROW

AS_OF = (
    """
    query ($id: ID!, $asOf: AsOf!) {
        userSegment(segment: {id: $id}, asOf: $asOf) { ...Row current { ...Row } }
    }
    """
    + ROW
)

COMPARE = (
    """
    query ($id: ID!, $from: AsOf!, $to: AsOf!) {
        compareSegment(segment: {id: $id}, from: $from, to: $to) {
            before { ...Row }
            after { ...Row }
            changes { field before after }
        }
    }
    """
    + ROW
)

CREATE = (
    """
    mutation ($input: CreateUserSegmentInput!) {
        payload: createUserSegment(input: $input) { position segment { ...Row } errors { message } }
    }
    """
    + ROW
)

RENAME = (
    """
    mutation ($input: UpdateUserSegmentInput!) {
        payload: updateUserSegment(input: $input) {
            position
            segment { ...Row }
            errors { code message ... on VersionConflict { current { ...Row } } }
        }
    }
    """
    + ROW
)

UPLOAD = """
    mutation ($input: UploadInput!) {
        payload: uploadUserSegments(input: $input) { created position errors { message } }
    }
"""

EVENTS = """
    subscription ($after: LogPosition!, $segment: ID!) {
        events(after: $after, filter: {segment: $segment}) { position type }
    }
"""

LOG = """
    query ($search: String) {
        siteUserSegments(first: 10, search: $search) { totalCount }
        events(last: 1) { totalCount }
    }
"""
