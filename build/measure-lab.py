#!/usr/bin/env python3
"""Times the lab's answers, medians of 50 in one run beside the command's own, and its memory over 2,000 questions.

    build/measure-lab.py MODEL [MODEL...] --data DATA [--autoencoder F...] [--questions 2000] [--pentimento "dotnet .../Pentimento.Cli.dll"]
"""
import argparse, http.cookiejar, json, os, re, shlex, statistics, subprocess, tempfile, time, urllib.request

arguments = argparse.ArgumentParser()
arguments.add_argument("models", nargs="+")
arguments.add_argument("--data", required=True)
arguments.add_argument("--autoencoder", nargs="*", default=[])
arguments.add_argument("--limit", default="1000")
arguments.add_argument("--threads", default="2")
arguments.add_argument("--first", action="store_true", help="only the first map of methods of many passes, for large networks")
arguments.add_argument("--questions", type=int, default=2000)
arguments.add_argument("--pentimento", default="pentimento")
given = arguments.parse_args()
program = shlex.split(given.pentimento)
folder = tempfile.mkdtemp(prefix="pentimento-lab-")
common = ["--data", given.data, "--limit", given.limit, "--threads", given.threads]

server = subprocess.Popen(
    [*program, "lab", *given.models, *common, *(["--autoencoder", *given.autoencoder] if given.autoencoder else []), "--run", f"{folder}/run", "--no-browser", "--json"], stdout=subprocess.PIPE, text=True)
text = ""
while "}" not in text: text += server.stdout.readline()
address = json.loads(text)["address"]
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
place = re.search(r"url=([^\"]+)", opener.open(address).read().decode()).group(1)
root = re.match(r"https?://[^/]+", address).group(0)


def ask_for(path, question):
    request = urllib.request.Request(f"{root}{place}{path}", json.dumps(question).encode(), {"Content-Type": "application/json", "Origin": root})
    return opener.open(request)


def ask(path, question):
    with ask_for(path, question) as answer: return answer.read()


def first_map(path, question):
    """Hears an answer until its first map is there, and goes."""
    with ask_for(path, question) as answer:
        for line in answer:
            if b'"map":"data:' in line: return


def median(path, question, times=50, ask=ask):
    spent = []
    for turn in range(times):
        begun = time.perf_counter()
        ask(path, {**question, "image": turn})
        spent.append(time.perf_counter() - begun)
    return 1000 * statistics.median(spent), 1000 * sorted(spent)[int(0.95 * times)]


def resident():
    with open(f"/proc/{server.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


print(f"machine: {os.cpu_count()} cores, {re.search('model name.*: (.*)', open('/proc/cpuinfo').read()).group(1)}; {given.threads} threads")
for method in ["integrated-gradients", "smooth-grad", "occlusion", "rise"]:
    print("%-46s median %7.1f ms, 95%% below %7.1f ms" % (f"look, the first map of {method}", *median("ask/look", {"method": method}, ask=first_map)))
for name, path, question in [
    ("look, no map", "ask/look", {}),
    ("look, Grad-CAM", "ask/look", {"method": "grad-cam"}),
    *([] if given.first else [("look, integrated gradients", "ask/look", {"method": "integrated-gradients"})]),
    ("cues, 37 hues", "ask/cue", {"cue": "hue"}),
    ("inside, 2 channels ablated, accuracy recounted", "ask/inside", {"ablated": [0, 1]}),
    *[(f"inside, 2 features ablated, {name}", "ask/inside", {"layer": name, "ablated": [0, 1]}) for name in map(os.path.basename, given.autoencoder)],
    *[(f"card of a feature, {name}", "ask/channel", {"layer": name, "channel": 0}) for name in map(os.path.basename, given.autoencoder)],
]:
    print("%-46s median %7.1f ms, 95%% below %7.1f ms" % (name, *median(path, question)))
begun = time.perf_counter()
explain = ["explain", given.models[0], "--data", given.data, "--method", "grad-cam", "--limit", "1", "--threads", given.threads, "--json"]
subprocess.run([*program, *explain],
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print("%-46s        %7.1f ms" % ("the command: explain of one image", 1000 * (time.perf_counter() - begun)))

memory = [resident()]
for turn in range(given.questions):
    ask("ask/look", {"image": turn % int(given.limit), "method": "grad-cam"})
    if (turn + 1) % max(1, given.questions // 8) == 0: memory.append(resident())
print(f"resident MB over {given.questions} questions: " + ", ".join(f"{value:.0f}" for value in memory))
server.terminate()
server.wait(30)
