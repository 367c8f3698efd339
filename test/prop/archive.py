#!/usr/bin/env python3
"""Web archives: every page in, once, whatever lies between; what is damaged loses only itself and is named; memory is bounded.

  archive.py              an archive of every oddity, plain, gzip by record, zstd; then cut and damaged ones
  archive.py --full [MB]  a generated archive of 1024 MB (uncompressed): peak memory, and speed against zlib alone on the same file;
                          the archive stays in --dir DIR when given"""
import gzip
import io
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import DEMARCHE, check, end

SENTENCE = "The ministers of both countries met in the border town on Tuesday and agreed to reopen the crossing number {}."


def page(n, extra=""):
    return (f"<!DOCTYPE html><html lang=en><head><title>Story {n}</title>{extra}</head><body><nav><a href=/>Home</a></nav>"
            f"<article><h1>Story {n}</h1><p>{SENTENCE.format(n)}</p><p>Trucks moved at noon, the caf\u00e9 owners said.</p></article></body></html>")


def record(kind, uri, block, more=""):
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-03-02T10:00:00Z\r\n{more}"
            f"Content-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def http(body, headers="Content-Type: text/html; charset=utf-8\r\n", status="200 OK"):
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body


def chunked(body, size=100):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in parts) + b"0\r\n\r\n"


def response(n):
    """The n-th page, each in another dress."""
    uri, text = f"https://post.example/story-{n}", page(n)
    utf8 = text.encode()
    dress = [
        lambda: http(utf8),
        lambda: http(chunked(utf8), "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"),
        lambda: http(gzip.compress(utf8), "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"),
        lambda: http(text.encode("windows-1252"), "Content-Type: text/html; charset=windows-1252\r\n"),
        lambda: http(utf8, "content-type: text/html; charset=iso-8859-1\r\n"),  # a wrong charset
        lambda: http(chunked(zlib.compress(utf8)), "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n"),
        lambda: http(utf8, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),  # says chunked, is not
        lambda: http(page(n, "<meta charset=iso-8859-15>").encode("iso-8859-15"), "Content-Type: text/html\r\n"),
    ]
    return record("response", uri, dress[n % len(dress)]())


def others(n):
    uri = f"https://post.example/other-{n}"
    return [
        record("request", uri, b"GET / HTTP/1.1\r\n\r\n"),
        record("revisit", uri, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "WARC-Profile: identical-payload-digest\r\n"),
        record("response", uri, http(os.urandom(30000), "Content-Type: image/jpeg\r\n")),
        record("response", uri, http(b"gone", status="404 Not Found")),
        record("metadata", uri, b"fetchTimeMs: 12"),
        record("response", uri, http(b"", "Location: /\r\n", "301 Moved Permanently")),
    ][n % 6]


def read(path):
    done = subprocess.run([DEMARCHE, "read", str(path)], capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode().splitlines(), done.returncode


def holds(name, records, numbers):
    got = [int(r["headline"].split()[-1]) for r in records]
    check(got == list(numbers), f"{name}: pages {got}, not {list(numbers)}")
    for r in records:
        n = r["headline"].split()[-1]
        want = SENTENCE.format(n) + "\n\nTrucks moved at noon, the caf\u00e9 owners said."
        check(r["text"] == want, f"{name}: page {n}: {r['text']!r}")
        check(r["format"] == "warc" and r["url"] == f"https://post.example/story-{n}" and r["published"] == "2021-03-02T10:00:00Z",
              f"{name}: page {n}: {r['format']} {r['url']} {r['published']}")


def oddities(folder):
    pieces = [record("warcinfo", "", b"software: test\r\n")]
    for n in range(24):
        pieces += [response(n), others(n)]
    plain = folder / "a.warc"
    plain.write_bytes(b"".join(pieces))
    members = [gzip.compress(p) for p in pieces]
    packed = folder / "a.warc.gz"
    packed.write_bytes(b"".join(members))
    paths = [plain, packed]
    if shutil.which("zstd"):
        paths.append(folder / "a.warc.zst")
        subprocess.run(["zstd", "-q", "-f", str(plain), "-o", str(paths[-1])], check=True)
    for path in paths:
        records, words, status = read(path)
        holds(path.name, records, range(24))
        check(status == 0 and not words, f"{path.name}: {words}")
    cut = folder / "cut.warc.gz"  # the last page's member is cut in the middle
    cut.write_bytes(b"".join(members[:-2]) + members[-2][:200])
    records, words, status = read(cut)
    holds("cut", records, range(23))
    check(status == 1 and len(words) == 1 and "damaged gzip" in words[0], f"cut: {words}")
    bad = bytearray(b"".join(members))
    at = sum(len(m) for m in members[:9]) + 60  # inside page 4's member
    bad[at:at + 40] = bytes(random.Random(1).randrange(256) for _ in range(40))
    damaged = folder / "damaged.warc.gz"
    damaged.write_bytes(bytes(bad))
    records, words, status = read(damaged)
    holds("damaged", records, [n for n in range(24) if n != 4])
    check(status == 1 and len(words) == 1 and "damaged gzip" in words[0], f"damaged: {words}")
    lengthless = folder / "lengthless.warc"
    lengthless.write_bytes(response(0) + response(1).replace(b"Content-Length: ", b"Content-Width: ", 1) + response(2))
    records, words, status = read(lengthless)
    holds("lengthless", records, [0, 2])
    check(status == 1 and len(words) == 1 and "length" in words[0], f"lengthless: {words}")
    longer = folder / "longer.warc"  # a record that says it is longer than the file
    longer.write_bytes(response(0) + record("response", "x", http(b"<p>x")).replace(b"Content-Length: ", b"Content-Length: 9", 1) + response(2))
    records, words, status = read(longer)
    holds("longer", records, [0, 2])
    check(status == 1 and len(words) == 1 and "cut off" in words[0], f"longer: {words}")
    return 7


def big(megabytes, folder):
    rand, path, size = random.Random(3), folder / "big.warc.gz", 0
    words = ("border minister talks crossing trade army rebels village river police protest vote court budget treaty visit Monday Tuesday "
             "Kenya Uganda Mali Niger Peru Chile Ghana Togo said agreed accused denied met signed closed opened left").split()
    with open(path, "wb") as out:
        n = 0
        while size < megabytes << 20:
            paragraphs = "".join("<p class='text-body'>" + " ".join(rand.choice(words) for _ in range(60)) + ".</p>\n" for _ in range(rand.randrange(4, 14)))
            links = "".join(f"<li class='menu-item'><a href='/{rand.choice(words)}/{rand.randrange(10**6)}'>{rand.choice(words)} {rand.choice(words)}</a></li>"
                            for _ in range(120))
            script = "<script>var data = {" + ",".join(f'"{rand.choice(words)}{rand.randrange(10**9)}":{rand.random()}' for _ in range(200)) + "};</script>"
            html = f"<html><head><title>Story {n}</title>{script}</head><body><nav><ul>{links}</ul></nav><article><h1>Story {n}</h1>{paragraphs}</article></body></html>"
            one = record("response", f"https://post.example/story-{n}", http(html.encode()))
            size += len(one)
            out.write(zlib_member(one))
            n += 1
    return path, size, n


def zlib_member(data):
    c = zlib.compressobj(6, zlib.DEFLATED, 31)
    return c.compress(data) + c.flush()


def inflate_seconds(path):
    """User time of zlib alone, member by member, in steps of 256 KiB."""
    before = time.process_time()
    with open(path, "rb") as f:
        z, data = zlib.decompressobj(31), b""
        while data or (data := f.read(1 << 18)):
            z.decompress(data)
            data = z.unused_data if z.eof else b""
            if z.eof:
                z = zlib.decompressobj(31)
    return time.process_time() - before


def run_measured(*args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["/usr/bin/time", "-f", "%M", DEMARCHE, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = done.stderr.decode().split()
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, int(lines[-1]), done.stdout.count(b"\n")


def full():
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    folder = pathlib.Path(sys.argv[sys.argv.index("--dir") + 1]) if "--dir" in sys.argv else pathlib.Path(tempfile.mkdtemp())
    path, size, pages = big(numbers[0] if numbers else 1024, folder)
    bare = inflate_seconds(path)
    seconds, peak, lines = run_measured("read", "--check", str(path))
    mb = size / 1e6
    print(f"{mb:.0f} MB in {path.stat().st_size / 1e6:.0f} MB packed, {pages} pages: zlib alone {mb / bare:.0f} MB/s; read {mb / seconds:.0f} MB/s "
          f"({bare / seconds:.0%} of zlib), peak {peak / 1024:.0f} MB")
    check(lines == pages, f"{lines} records of {pages} pages")
    check(peak < 100 << 10, f"peak {peak} KB")
    if "--dir" not in sys.argv:
        shutil.rmtree(folder)
    end(pages, "pages")


if "--full" in sys.argv:
    full()
with tempfile.TemporaryDirectory() as scratch:
    end(oddities(pathlib.Path(scratch)), "archives")
