#!/usr/bin/env bash
# Brings this build to Lambda: package, stack, then the version to Temporal. Needs the AWS CLI and Node; docs/deploy-lambda.md explains.
#
#   deploy/lambda/deploy.sh [all|stack|release] [Parameter=Value …]      parameters of template.yaml
#
# From the environment:
#   CODE_BUCKET, EXTERNAL_ID, TEMPORAL_PRINCIPALS            required for the stack; see the parameters of template.yaml
#   TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY   Temporal, for the stack and for the commands; the key is not put into the stack
#   TROUPE_MODEL_FAST, TROUPE_MODEL_BALANCED, TROUPE_MODEL_BEST, TROUPE_MAX_CALLS   settings of the function, as the parameters ModelFast …
#   STACK (troupe), TROUPE_DEPLOYMENT (troupe), ARCH (arm64, or x64)
#   TROUPE_BUILD_ID (the commit, with a digest of the parameters that are given: a published version keeps its settings)
#
# What is not given keeps the value of the deploy before. The tools file (TROUPE_TOOLS) goes in as a layer: the parameter ToolsLayerArn.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

refuse() {
  echo "Cannot deploy: $1" >&2
  exit 2
}
needs() {
  local name
  for name in "$@"; do [[ -n "${!name:-}" ]] || refuse "$name is not set; see the head of deploy/lambda/deploy.sh"; done
}
output() {
  aws cloudformation describe-stacks --stack-name "$STACK" --output text --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

what=all
case "${1:-}" in
  all | stack | release)
    what="$1"
    shift
    ;;
  '' | *=*) ;;
  *) refuse "\"$1\" is not known; use all, stack or release" ;;
esac

STACK="${STACK:-troupe}"
export TROUPE_DEPLOYMENT="${TROUPE_DEPLOYMENT:-troupe}"
case "${ARCH:-arm64}" in
  arm64) arch=arm64 architecture=arm64 ;;
  x64) arch=x64 architecture=x86_64 ;;
  *) refuse "ARCH is \"$ARCH\"; use arm64 or x64" ;;
esac
[[ "$what" != release || $# == 0 ]] || refuse "\"$1\" is a parameter of the stack, which release leaves as it is; use all or stack"
for setting in ModelFast=TROUPE_MODEL_FAST ModelBalanced=TROUPE_MODEL_BALANCED ModelBest=TROUPE_MODEL_BEST MaxCalls=TROUPE_MAX_CALLS; do
  variable="${setting#*=}"
  # Before what the command line says, so that it wins.
  [[ -z "${!variable:-}" ]] || set -- "${setting%%=*}=${!variable}" "$@"
done
if [[ "$what" != release && -z "${TROUPE_BUILD_ID:-}" ]]; then
  [[ -z "$(git status --porcelain)" ]] || refuse 'there are changes that no commit has, so the commit would not name this build; commit them, or set TROUPE_BUILD_ID'
  TROUPE_BUILD_ID="$(git rev-parse --short=12 HEAD)"
  [[ $# == 0 ]] || TROUPE_BUILD_ID+="-$(printf '%s\n' "$@" | LC_ALL=C sort | git hash-object --stdin | cut -c 1-6)"
fi
needs TEMPORAL_ADDRESS TEMPORAL_NAMESPACE EXTERNAL_ID

make_stack() {
  export TROUPE_BUILD_ID
  needs CODE_BUCKET TEMPORAL_PRINCIPALS
  local package="dist/lambda/troupe-lambda-$arch.zip"
  local key="troupe-lambda/$TROUPE_BUILD_ID-$arch.zip"
  npm run --silent package:lambda
  aws s3 cp --only-show-errors "$package" "s3://$CODE_BUCKET/$key"
  aws cloudformation deploy --stack-name "$STACK" --template-file deploy/lambda/template.yaml --no-fail-on-empty-changeset \
    --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameter-overrides \
    "CodeBucket=$CODE_BUCKET" "CodeKey=$key" "Architecture=$architecture" "BuildId=$TROUPE_BUILD_ID" "Deployment=$TROUPE_DEPLOYMENT" \
    "TemporalAddress=$TEMPORAL_ADDRESS" "TemporalNamespace=$TEMPORAL_NAMESPACE" "TemporalPrincipals=$TEMPORAL_PRINCIPALS" \
    "ExternalId=$EXTERNAL_ID" "$@"
}

# Registering wakes the function once, so that Temporal learns its task queues: without keys it could only fail.
release() {
  local keys versions build
  keys="$(output KeysArn)"
  versions="$(aws secretsmanager describe-secret --secret-id "$keys" --output text --query 'length(keys(VersionIdsToStages || `{}`))')"
  [[ "$versions" != 0 ]] || refuse "the secret \"$keys\" is empty; put the keys into it, then run deploy/lambda/deploy.sh release"
  # The stack's, not that of the code here, which may have moved on since.
  build="$(output BuildId)"
  npx troupe deploy register --build-id "$build" --function-arn "$(output FunctionVersionArn)" \
    --role-arn "$(output InvokeRoleArn)" --external-id "$EXTERNAL_ID"
  npx troupe deploy wait --build-id "$build"
  npx troupe deploy promote --build-id "$build"
}

[[ "$what" == release ]] || make_stack "$@"
[[ "$what" == stack ]] || release
