"""Documents in Redis behind Flask: what the platform is compared with."""

import os

import redis
from flask import Flask, Response, request

application = Flask(__name__)
store = redis.Redis(host="127.0.0.1", port=int(os.environ["REDIS_PORT"]))


@application.get("/documents/<identifier>")
def read(identifier):
    document = store.get(identifier)
    if document is None:
        return Response(status=404)
    return Response(document, mimetype="application/json")


@application.put("/documents/<identifier>")
def write(identifier):
    store.set(identifier, request.get_data())
    return Response(status=204)
