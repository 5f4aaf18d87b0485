#!/bin/sh
# A new volume is a new cluster with an id of its own: that is how relays and consumers see that a
# broker has lost what it held. The image by itself gives every cluster the same id.
set -eu

known="$KAFKA_LOG_DIRS/meta.properties"
if [ -f "$known" ]; then
    CLUSTER_ID=$(sed -n 's/^cluster\.id=//p' "$known")
else
    CLUSTER_ID=$(head -c 11 /dev/urandom | od -An -tx1 | tr -d ' \n')
fi
export CLUSTER_ID

exec "$@"
