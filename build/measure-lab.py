#!/usr/bin/env python3
"""Times the lab's answers, medians of 50 in one run beside the command's own, its memory over 2,000 questions, 200 questions at once, and Ctrl-C
in the middle of a job, which the next lab on the same run takes up.

    build/measure-lab.py MODEL [MODEL...] --data DATA [--autoencoder F...] [--questions 2000] [--pentimento "dotnet .../Pentimento.Cli.dll"]
"""
import argparse, concurrent.futures, http.cookiejar, json, os, re, shlex, signal, statistics, subprocess, tempfile, time, urllib.request

arguments = argparse.ArgumentParser()
arguments.add_argument("models", nargs="+")
arguments.add_argument("--data", required=True)
arguments.add_argument("--autoencoder", nargs="*", default=[])
arguments.add_argument("--limit", default="1000")
arguments.add_argument("--threads", default="2")
arguments.add_argument("--first", action="store_true", help="only the first map of methods of many passes, for large networks")
arguments.add_argument("--at-once", type=int, default=200, help="0 for none")
arguments.add_argument("--interrupt", action="store_true", help="also Ctrl-C in the middle of a training")
arguments.add_argument("--questions", type=int, default=2000)
arguments.add_argument("--pentimento", default="pentimento")
given = arguments.parse_args()
program = shlex.split(given.pentimento)
folder = tempfile.mkdtemp(prefix="pentimento-lab-")
common = ["--data", given.data, "--limit", given.limit, "--threads", given.threads]
autoencoders = ["--autoencoder", *given.autoencoder] if given.autoencoder else []


def serve():
    """Starts the lab: its process, whoever has its cookie, and where it lies."""
    server = subprocess.Popen(
        [*program, "lab", *given.models, *common, *autoencoders, "--run", f"{folder}/run", "--no-browser", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    text = ""
    while "}" not in text: text += server.stdout.readline()
    address = json.loads(text)["address"]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    place = re.search(r"url=([^\"]+)", opener.open(address).read().decode()).group(1)
    return server, opener, re.match(r"https?://[^/]+", address).group(0), place


server, opener, root, place = serve()


def ask_for(path, question):
    request = urllib.request.Request(f"{root}{place}{path}", json.dumps(question).encode(), {"Content-Type": "application/json", "Origin": root})
    return opener.open(request)


def ask(path, question):
    with ask_for(path, question) as answer: return answer.read()


def first_frame(path, question):
    """Hears an answer until its first frame is there, and then to its end."""
    with ask_for(path, question) as answer:
        answer.readline()
        heard = time.perf_counter()
        answer.read()
    return heard


def first_map(path, question):
    """Hears an answer until its first map is there, and goes."""
    with ask_for(path, question) as answer:
        for line in answer:
            if b'"map":"data:' in line: return


def median(path, question, times=50, ask=ask):
    spent = []
    for turn in range(times):
        begun = time.perf_counter()
        heard = ask(path, {**question, "image": turn})
        spent.append((heard if isinstance(heard, float) else time.perf_counter()) - begun)
    return 1000 * statistics.median(spent), 1000 * sorted(spent)[int(0.95 * times)]


def resident():
    with open(f"/proc/{server.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


print(f"machine: {os.cpu_count()} cores, {re.search('model name.*: (.*)', open('/proc/cpuinfo').read()).group(1)}; {given.threads} threads")
for method in ["integrated-gradients", "smooth-grad", "occlusion", "rise"]:
    print("%-46s median %7.1f ms, 95%% below %7.1f ms" % (f"look, the first map of {method}", *median("ask/look", {"method": method}, ask=first_map)))
for cue, question in [("hue", {"cue": "hue"}), ("color", {"cue": "color", "donor": 0}), ("background", {"cue": "background", "donor": 0})]:
    print("%-46s median %7.1f ms, 95%% below %7.1f ms" % (f"cues, {cue}, the first answer", *median("ask/cue", question, ask=first_frame)))
for name, path, question in [
    ("look, no map", "ask/look", {}),
    ("look, Grad-CAM", "ask/look", {"method": "grad-cam"}),
    *([] if given.first else [("look, integrated gradients", "ask/look", {"method": "integrated-gradients"})]),
    ("cues, the curve of 37 hues", "ask/cue", {"cue": "hue"}),
    ("cues, the curve of 21 doses of color", "ask/cue", {"cue": "color", "donor": 0}),
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

if given.at_once:
    begun = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(given.at_once) as visitors:
        asked = [visitors.submit(ask, "ask/look", {"image": turn % int(given.limit), "method": "grad-cam"}) for turn in range(given.at_once)]
        right = sum(b'"map":"data:' in one.result() for one in asked)
    print(f"{given.at_once} questions with Grad-CAM at once: {right} answered with their map in {time.perf_counter() - begun:.1f} s")

if given.interrupt:
    def job(): return json.loads(opener.open(f"{root}{place}jobs.json").read())[0]

    settings = {"data": given.data, "limit": "3000", "epochs": "8"}
    ask("jobs", {"operation": "train", "settings": settings})
    while job()["share"] < 0.2: time.sleep(0.1)
    begun = time.perf_counter()
    server.send_signal(signal.SIGINT)
    code = server.wait(60)
    print(f"Ctrl-C in the middle of a training: ended after {time.perf_counter() - begun:.1f} s with {code}")
    server, opener, root, place = serve()
    found = job()["job"]["state"]
    while job()["job"]["state"] not in ("done", "failed", "cancelled"): time.sleep(0.2)
    print(f"opened again on the same run, the job was {found} and then {job()['job']['state']}")
server.terminate()
server.wait(30)
