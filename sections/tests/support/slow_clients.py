"""Clients that send or read as slowly as they can, and readers whose waiting times are measured beside them."""

import http.client
import selectors
import socket
import threading
import time
from contextlib import contextmanager, suppress

HEAD = b"GET /CMW/C/MEX/3/full/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
FORM = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"
# What each kind of client sends at once, and the byte that it then sends again and again.
SENDERS = {
    "nothing": (b"", b""),
    "half a line": (b"GET /CMW", b""),
    "headers, a byte at a time": (HEAD, b"x"),
    "a body, a byte at a time": (FORM, b"x"),
    "all but the last byte of the headers": (HEAD + b"\r", b""),
}


@contextmanager
def slow_senders(address, kind, count, pause=0.2):
    """So many clients that send what this kind sends, and a byte more in each pause, until the block ends."""
    first, more = SENDERS[kind]
    clients = [connected(address) for _ in range(count)]
    over = threading.Event()

    def trickle():
        while not over.wait(pause):
            for client in clients:
                with suppress(OSError):  # the server may have given up on it
                    client.send(more)

    for client in clients:
        client.sendall(first)
    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield clients
    finally:
        over.set()
        thread.join()
        for client in clients:
            client.close()


@contextmanager
def slow_readers(address, path, count, most=2048):
    """So many clients that ask for a page and read nothing of it; their windows hold few bytes."""
    clients = [connected(address, window=most) for _ in range(count)]
    for client in clients:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    try:
        yield clients
    finally:
        for client in clients:
            client.close()


def waiting_times(address, path, count, readers=4):
    """How long each of so many requests took, in seconds and sorted; an answer other than 200 is an error."""
    times, faults = [], []
    host, port = _parts(address)

    def read():
        connection = http.client.HTTPConnection(host, port, timeout=30)
        for _ in range(count // readers):
            begun = time.perf_counter()
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            times.append(time.perf_counter() - begun)
            if response.status != 200:
                faults.append(response.status)
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults or len(times) < count // readers * readers:
        raise AssertionError(f"{len(times)} of {count} requests were answered, {faults} not with a page")
    return sorted(times)


def read_to_end(client, seconds=30):
    """All that the server sends to a client until it closes the connection, or until the time is over."""
    client.settimeout(seconds)
    received = b""
    while piece := client.recv(65536):
        received += piece
    return received


def closed(clients, seconds):
    """How many of the clients the server has left within the time."""
    left, end = 0, time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for client in clients:
            client.setblocking(False)
            selector.register(client, selectors.EVENT_READ)
        while selector.get_map() and time.monotonic() < end:
            for key, _ in selector.select(0.2):
                try:
                    gone = not key.fileobj.recv(65536)
                except OSError:
                    gone = True
                if gone:
                    left += 1
                    selector.unregister(key.fileobj)
    return left


def connected(address, window=None):
    """A socket that is connected to the server, where wanted with a small window for what it receives."""
    client = socket.socket()
    if window:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    client.settimeout(30)
    client.connect(_parts(address))
    return client


def _parts(address):
    host, _, port = address.removeprefix("http://").partition(":")
    return host, int(port)
