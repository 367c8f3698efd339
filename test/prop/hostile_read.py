#!/usr/bin/env python3
"""Hostile files of every format: bounded time and memory, a note or a clear error, and the text that a browser would show kept. The
limits at -1, 0 and +1. Bombs are refused at once; nothing is opened that the input names."""
import gzip
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import DEMARCHE, SANITIZED, check, end

SLOW = 12 if SANITIZED else 1
STORY = "<p>The ministers of both countries met in the border town on Tuesday and agreed to reopen the crossing.</p>"
SHOWN = STORY[3:-4]
looked = 0


def run(data, *options, name="x", megabytes=1200, seconds=20):
    """(records, complaints, seconds, exit); the memory a run may have is limited unless a sanitizer needs it."""
    global looked
    looked += 1
    path = folder / name
    path.write_bytes(data)
    limit = None if SANITIZED else lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([DEMARCHE, "read", *options, str(path)], capture_output=True, timeout=280, preexec_fn=limit)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    check(done.returncode in (0, 1), f"{name}: exit {done.returncode}: {done.stderr[-300:]}")
    check(spent < seconds * SLOW, f"{name}: {spent:.1f} s")
    return [json.loads(x) for x in done.stdout.splitlines()], done.stderr.decode(errors="replace").splitlines(), spent, done.returncode


def codes(record):
    return {n["code"] for n in record["notes"]}


def kept(what, data, note=None, text=SHOWN, **more):
    records, words, _, status = run(data, name=what, **more)
    if check(len(records) == 1 and status == 0, f"{what}: {words}"):
        check(text in records[0]["text"], f"{what}: the story is lost: {records[0]['text'][:200]!r}")
        check(note is None or note in codes(records[0]), f"{what}: no note {note}: {codes(records[0])}")


def refused(what, data, part, *options, seconds=2, **more):
    records, words, _, status = run(data, *options, name=what, seconds=seconds, **more)
    check(status == 1 and not records and len(words) == 1 and part in words[0], f"{what}: {status} {records[:1]} {words}")


def pages():
    million = 1_000_000
    kept("deep-div.html", b"<html><body>" + b"<div>" * million + STORY.encode() + b"</div>" * million, "depth")
    kept("deep-inline.html", b"<html><body>" + b"<b>" * million + STORY.encode(), "depth")
    kept("deep-tables.html", b"<html><body>" + b"<table><tr><td>" * 100_000 + STORY.encode(), "depth")
    kept("long-attribute.html", b"<html><body><p title='" + b"x" * 60_000_000 + b"'>" + STORY.encode()[3:])
    kept("attributes.html", b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(million)) + b">" + STORY.encode()[3:], "attributes")
    kept("spans-div.html", b"<html><body>" + STORY.encode() + b"<span>" * 400_000 + b"</div>" * 400_000)
    kept("unclosed-comment.html", b"<html><body>" + STORY.encode() + b"<!-- " * 500_000)
    kept("less-than.html", b"<html><body>" + STORY.encode() + b"<" * 2_000_000)
    kept("ampersands.html", b"<html><body>" + STORY.encode() + b"<p>" + b"&" * 2_000_000)
    kept("nul.html", b"<html><body><p>The minis\0ters" + SHOWN[13:].encode() + b"</p>", text=SHOWN)
    kept("crlf.html", ("<html>\r\n<body>\r\n<p>" + SHOWN.replace(" ", "\r\n") + "</p>").encode())
    kept("latin.html", b"<html><body><p>caf\xe9 \x93so\x94</p>" + STORY.encode(), "encoding")
    kept("utf16.html", ("<html><body>" + STORY).encode("utf-16"), "encoding")
    kept("wrong-charset.html", "<html><head><meta charset=shift_jis></head><body><p>caf\u00e9 owners</p>".encode() + STORY.encode())
    kept("long-text.html", b"<html><body>" + STORY.encode() + b"<p>" + b"word " * 1_000_000, "cut")


def linear():
    """The rows of the design's table A2 and some more, doubled: cost a byte must not grow."""
    families = {
        "div": lambda n: b"<div>" * (n // 5), "attributes": lambda n: b"<p " + b" ".join(b"a%d" % i for i in range(n // 8)) + b">",
        "spans": lambda n: b"<span>" * (n // 12) + b"</div>" * (n // 12), "tables": lambda n: b"<table><tr><td>" * (n // 15),
        "cells": lambda n: b"<table><tr><td>" + b"<div></td></div>" * (n // 16), "anchors": lambda n: b"<a href=x>" * (n // 10),
        "headings": lambda n: b"<h1>x" * (n // 5), "items": lambda n: b"<li><p>" * (n // 7), "metas": lambda n: b"<meta name=author content=x>" * (n // 27),
        "entities": lambda n: b"&CounterClockwiseContourIntegra" * (n // 31), "dates": lambda n: b"<p>May 5 " * (n // 9),
        "body-parts": lambda n: b"<div class=article-body>some words of a story here, and more.</div>" * (n // 67),
        "ld": lambda n: b"<script type=application/ld+json>{\"@type\":[" + b"{\"@type\":" * (n // 9) + b"</script>",
        "ends": lambda n: b"</div></p></span>" * (n // 17), "scripts": lambda n: b"<script><!--<script" * (n // 19),
    }
    for name, make in families.items():
        cost = []
        for size in (500_000, 2_000_000):
            data = b"<html><body>" + STORY.encode() + make(size)
            cost.append(min(run(data, name=f"linear-{name}.html")[2] for _ in range(2)))
        check(cost[1] < 8 * cost[0] + 0.1 * SLOW, f"{name}: {cost[0]:.2f} s for 0.5 MB, {cost[1]:.2f} s for 2 MB")


def xml():
    bomb = ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(f'<!ENTITY {c} "&{p};&{p};&{p};&{p};&{p};&{p};&{p};&{p};">' for p, c in zip("abcdefghij", "bcdefghijk"))
            + f"]><rss><channel><item><title>&k; and more</title><description>{SHOWN}</description></item></channel></rss>")
    kept("entity-bomb.xml", bomb.encode(), "entity", seconds=1)
    secret = folder / "secret.txt"
    secret.write_text("never to be read")
    outside = (f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>'
               f"<rss><channel><item><title>&x;</title><description>{SHOWN}</description></item></channel></rss>")
    kept("outside.xml", outside.encode(), "dtd", seconds=1)
    records = run(outside.encode(), name="outside.xml")[0]
    check("never" not in json.dumps(records), "an external entity was read")
    if shutil.which("strace") and not SANITIZED:
        traced = subprocess.run(["strace", "-f", "-e", "trace=openat,open,socket,connect", DEMARCHE, "read", str(folder / "outside.xml")], capture_output=True)
        check(b"secret" not in traced.stderr and b"socket(" not in traced.stderr, "something was opened")
    feed = "<rss><channel><item><title>x</title><description>{}</description></item></channel></rss>"
    kept("deep.xml", feed.format("<b>" * 300_000 + SHOWN).encode(), "depth")
    kept("long-text.xml", feed.format(SHOWN + " word" * 3_000_000).encode(), "cut")
    refused("attributes.xml", feed.format("<p " + " ".join(f'a{i}="1"' for i in range(100_000)) + "/>").encode(), "attributes")
    kept("unended.xml", feed.format(SHOWN).replace("</description>", "").encode(), "xml")
    kept("bare-signs.xml", feed.format(SHOWN + " 1 < 2 & 3").encode(), text="1 < 2 & 3")


def packed():
    zeros = b"\0" * (100 << 20)
    refused("bomb.gz", gzip.compress(b"<html>" + zeros), "far more than its size")
    refused("bomb-in-bomb.gz", gzip.compress(gzip.compress(zeros)), "far more than its size")
    if shutil.which("zstd"):
        packed_zeros = subprocess.run(["zstd", "-q", "-19", "-c"], input=zeros, capture_output=True, check=True).stdout
        refused("bomb.zst", packed_zeros, "far more than its size")
    story = b"<html><body>" + STORY.encode()
    kept("twice.gz", gzip.compress(gzip.compress(story)))
    refused("thrice.gz", gzip.compress(gzip.compress(gzip.compress(story))), "packed more than 2 times")
    kept("empty-members.gz", gzip.compress(b"") * 200_000 + gzip.compress(story))
    records, words, _, status = run(gzip.compress(story + os.urandom(3000).hex().encode())[:-700], name="cut.gz")
    check(status == 1 and len(words) == 1 and "damaged" in words[0] and SHOWN in records[0]["text"], f"cut.gz: {words}")
    lying = bytearray(gzip.compress(story))
    lying[-4:] = b"\xff\xff\xff\xff"
    run(bytes(lying), name="lying.gz")
    run(b"\x1f\x8b\x08" + os.urandom(5000), name="noise.gz")
    run(b"\x28\xb5\x2f\xfd" + os.urandom(5000), name="noise.zst")
    inner = zlib.compress(b"x" * (50 << 20), 9)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\n\r\n" + inner
    refused("bomb.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n", "times its size")


def limits():
    story, n = b"<html><body>" + STORY.encode(), len(STORY) + 12
    for d in (-1, 0, 1):
        records, words, _, _ = run(story, "--limits", f"input={n + d}", name="limit.html")
        check(bool(records) == (d >= 0) and bool(words) == (d < 0), f"input {d:+}: {words}")
        records = run(story, "--limits", f"text={len(SHOWN) + d}", name="limit.html")[0]
        check(("cut" in codes(records[0])) == (d < 0), f"text {d:+}")
        nested = b"<html><body>" + b"<div>" * 37 + STORY.encode()  # 40 deep
        records = run(nested, "--limits", f"depth={40 + d}", name="limit.html")[0]
        check(("depth" in codes(records[0])) == (d < 0) and records[0]["text"] == SHOWN, f"depth {d:+}")
        many = b"<html><body><p a b c d e f g h>" + STORY.encode()[3:]
        records = run(many, "--limits", f"attributes={8 + d}", name="limit.html")[0]
        check(("attributes" in codes(records[0])) == (d < 0) and records[0]["text"] == SHOWN, f"attributes {d:+}")
    for layers in (1, 2, 3):
        data = gzip.compress(gzip.compress(story))
        records, words, _, _ = run(data, "--limits", f"layers={layers}", name="limit.gz")
        check(bool(records) == (layers >= 2), f"layers {layers}: {words}")
    text = b"<html><body>" + STORY.encode() + b"x " * (1 << 20)
    packed_text = gzip.compress(text)
    ratio = len(text) // len(packed_text)
    for r, good in ((ratio // 2, False), (ratio * 2, True)):
        records, words, _, _ = run(packed_text, "--limits", f"ratio={r}", name="limit.gz")
        check(bool(records) == good, f"ratio {r} of {ratio}: {words}")
    line = b'{"text": "Kenya is calm."}\n'
    records, words, _, _ = run(line + b'{"text": "' + b"x" * 5000 + b'"}\n' + line, "--limits", "input=1000", name="limit.jsonl")
    check(len(records) == 2 and len(words) == 1, f"a long line among short ones: {len(records)} {words}")


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    for part in (limits, xml, packed, pages, linear):
        start = time.time()
        part()
        print(f"{part.__name__}: {time.time() - start:.1f} s")
    end(looked, "files")
