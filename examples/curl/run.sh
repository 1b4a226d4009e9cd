#!/bin/sh
# Creates a segment, twice by one commandId; reads it; tries a file: one answer a line.
set -eu
url="${SEGMENTS_URL:-http://127.0.0.1:8000}/graphql"
word="${1:-curl}"

# One operation with its variables, which are JSON. Quotes in the document need a backslash.
ask() {
    curl --silent --show-error "$url" \
        --header "Authorization: Bearer $SEGMENTS_TOKEN" \
        --header "Content-Type: application/json" \
        --data "{\"query\": \"$1\", \"variables\": $2}"
    echo
}

# The commandId makes it safe to send a command again: the second time it is only told.
create='mutation ($input: CreateUserSegmentInput!) {
    createUserSegment(input: $input) { replayed segment { id name version } errors { code message } }
}'
create=$(echo "$create" | tr '\n' ' ')
for _ in 1 2; do
    ask "$create" "{\"input\": {\"name\": \"$word\", \"code\": \"$word\", \"commandId\": \"$word\"}}"
done

read='query ($code: String!) { userSegment(segment: {code: $code}) { name version memberCount } }'
ask "$read" "{\"code\": \"$word\"}"

# A file: by the GraphQL multipart request specification.
curl --silent --show-error "$url" \
    --header "Authorization: Bearer $SEGMENTS_TOKEN" \
    --form 'operations={"query": "mutation ($input: UploadInput!) { uploadUserSegments(input: $input) { created errors { message } } }", "variables": {"input": {"file": null}}}' \
    --form 'map={"0": ["variables.input.file"]}' \
    --form "0=@-;type=text/csv;filename=segments.csv" <<FILE
name
$word uploaded
FILE
echo
