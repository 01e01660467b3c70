#!/bin/bash
# The program runs in its container as an account without rights, 65532, and keeps its data here.
mkdir -p data
chown -R 65532:65532 data
chmod 700 data
