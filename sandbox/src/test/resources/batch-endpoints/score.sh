# The steps of a client that has curl and Python 3 only: token, storage, endpoint, invoke, poll, cancel.
# Wants: AUTHORITY, ARM, CLIENT_ID, CLIENT_SECRET, INPUT_FOLDER, ENDPOINT
set -eu

field() {
    python3 -c 'import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = value[int(key)] if isinstance(value, list) else value[key]
print(value)' "$1"
}

token() {
    curl --silent --fail --request POST "$AUTHORITY/my-tenant/oauth2/token" \
        --data-urlencode grant_type=client_credentials \
        --data-urlencode "client_id=$CLIENT_ID" \
        --data-urlencode "client_secret=$CLIENT_SECRET" \
        --data-urlencode "resource=$1" | field access_token
}

wait_for_job() {
    status=unknown
    tries=0
    while [ "$status" != Completed ] && [ "$status" != Failed ] && [ $tries -lt 100 ]; do
        status=$(curl --silent --fail --location "$1" --header "Authorization: Bearer $SCORING_TOKEN" | field properties.status)
        tries=$((tries + 1))
        sleep 0.1
    done
    echo "$status"
}

WORKSPACE=$ARM/subscriptions/my-subscription/resourceGroups/my-group/providers/Microsoft.MachineLearningServices/workspaces/my-workspace
VERSION=api-version=2021-10-01
TOKEN=$(token https://management.azure.com)
SCORING_TOKEN=$(token https://ml.azure.com)

stores=$(curl --silent --fail --location "$WORKSPACE/datastores?$VERSION&isDefault=true" --header "Authorization: Bearer $TOKEN")
echo "store $(echo "$stores" | field value.0.name)"

endpoint=$(curl --silent --fail --location "$WORKSPACE/batchEndpoints/$ENDPOINT?$VERSION" --header "Authorization: Bearer $TOKEN")
SCORING_URI=$(echo "$endpoint" | field properties.scoringUri)

# the token for management is refused
echo "refused $(curl --silent --output /dev/null --write-out '%{http_code}' --request POST "$SCORING_URI" \
    --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' --data '{}')"

# the oldest form of a body
job=$(curl --silent --fail --location --request POST "$SCORING_URI" \
    --header "Authorization: Bearer $SCORING_TOKEN" --header 'Content-Type: application/json' \
    --data "{\"properties\": {\"dataset\": {\"dataInputType\": \"DataUrl\", \"Path\": \"$INPUT_FOLDER\"}}}" | field id)
echo "dataset $(wait_for_job "$SCORING_URI/${job##*/}")"

# the form of today's documentation
job=$(curl --silent --fail --location --request POST "$SCORING_URI" \
    --header "Authorization: Bearer $SCORING_TOKEN" --header 'Content-Type: application/json' \
    --data "{\"properties\": {\"InputData\": {\"rows\": {\"JobInputType\": \"UriFolder\", \"Uri\": \"$INPUT_FOLDER\"}},
              \"OutputData\": {\"scored\": {\"JobOutputType\": \"UriFile\",
                  \"Uri\": \"azureml://datastores/workspaceblobstore/paths/from-curl/scored.csv\"}}}}" | field id)
echo "folder $(wait_for_job "$SCORING_URI/${job##*/}")"

echo "arm $(curl --silent --fail "$WORKSPACE/jobs/${job##*/}?$VERSION" --header "Authorization: Bearer $TOKEN" | field properties.status)"
echo "cancel $(curl --silent --output /dev/null --write-out '%{http_code}' --request POST "$WORKSPACE/jobs/${job##*/}/cancel?$VERSION" \
    --header "Authorization: Bearer $TOKEN" --data '')"
