/* test_facts_plain.c - what a drafting model writes is mostly plain: "The machine has 256 GB of memory." Such
 * statements must be caught, whatever the rules that spare dense human prose come to doubt. Each stands in a short
 * article, once with a wrong value, which is contradicted, and once with the right one, which is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, host: halo, members: [GB20]}\n"
    "  accelerators: {world: closed, kind: accelerator, host: halo, members: [GB20]}\n"
    "  processes: {world: closed, categories: [quality, training]}\n"
    "components:\n"
    "  - {id: ubuntu, aliases: [Ubuntu, Ubuntu Server], scheme: calver, version: '24.04', accept: [prefix]}\n"
    "  - {id: cuda, aliases: [CUDA, CUDA toolkit, CUDA Version], scheme: semver, version: '13.0.2', accept: [prefix]}\n"
    "  - {id: driver, aliases: [NVIDIA driver, nvidia-driver, Driver Version, NVIDIA-SMI], scheme: loose, version: "
    "'580.95.05', accept: [prefix]}\n"
    "  - {id: vllm, aliases: [vLLM, vllm-openai], scheme: pep440, version: '0.17.0', accept: [prefix]}\n"
    "  - {id: caddy, aliases: [Caddy]}\n"
    "  - {id: debian, aliases: [Debian], scheme: loose, version: '13.1', accept: [prefix]}\n"
    "  - {id: postgres, aliases: [PostgreSQL, postgresql], scheme: loose, version: '17.6', accept: [prefix], history: "
    "[{version: '16.9', from: 2025-06-01, to: 2026-03-01}]}\n"
    "  - {id: agent, aliases: [build agent, buildkite-agent], scheme: semver, version: '3.103.1', accept: [prefix]}\n"
    "  - id: writer\n"
    "    aliases: [Writer-40B, primary model]\n"
    "    attrs: {parameters: {value: '40', unit: B params, aliases: [parameter language model]}, active_parameters: "
    "{value: '4', unit: B params}, quantization: {value: MXFP4}}\n"
    "  - {id: editor, aliases: [Editor-8B], attrs: {quantization: {value: Q8_0, aliases: [quantized]}}}\n"
    "  - {id: pool, aliases: [main pool], attrs: {layout: {value: RAIDZ2}}}\n"
    "hardware:\n"
    "  - id: halo\n"
    "    aliases: [Halo Station, GB20, GB20 Grace]\n"
    "    attrs:\n"
    "      memory: {value: '128', unit: GB, aliases: [unified memory, RAM]}\n"
    "      cpu_cores: {value: '20', unit: core, aliases: [cores, core CPU]}\n"
    "      memory_bandwidth: {value: '273', unit: GB/s}\n"
    "      storage: {value: '4', unit: TB, aliases: [NVMe, SSD, disk]}\n"
    "      nodes: {value: '1', unit: node, aliases: [node, unit, box]}\n"
    "      cpu_model: {value: EPYC 9354P, aliases: [CPU, processor]}\n"
    "paths:\n"
    "  - {path: /srv/minio, host: halo, state: removed, since: 2026-04-01}\n"
    "absent:\n"
    "  - {match: [Ollama], note: vLLM only}\n"
    "  - {match: [Weights & Biases, wandb]}\n"
    "  - {match: [B100, B200, A100], in: gpus, note: no discrete GPU}\n"
    "  - {match: [NPU], in: accelerators, note: no NPU}\n"
    "  - {match: [BLEU], in: processes, note: nothing is scored so}\n"
    "services:\n"
    "  - {id: inference, aliases: [inference engine, inference service], host: halo, port: '30001', runs: [vllm, "
    "writer]}\n"
    "  - {id: weblog, aliases: [weblog], host: vps, runs: [caddy]}\n"
    "  - id: tools\n"
    "    aliases: [MCP server]\n"
    "    host: halo\n"
    "    exposes: {world: closed, items: [blog search, article fetch]}\n"
    "hosts:\n"
    "  - {id: vps, aliases: [VPS, hardened VPS, roost], location: Romania, runs: {world: closed, items: [caddy]}}\n"
    "benchmarks:\n"
    "  - {id: decode, subject: [writer], metric: decode, metric_aliases: [throughput, generation speed], value: '70', "
    "unit: tok/s, tol: {rel: 5%}, where: {run: production}}\n";

static const char lead[] = "I run one Halo Station. These notes say what is on it.";

static const plain_line plain[] = {
    {"- **Halo Station**: NVIDIA GB20 with a 20-core Grace CPU, % of unified memory and a 4 TB NVMe drive", "256 GB",
     "128 GB"},
    {"- **Halo Station**: NVIDIA GB20 with a 20-core Grace CPU, 128 GB of unified memory and % of memory bandwidth",
     "546 GB/s", "273 GB/s"},
    {"- **Halo Station**: NVIDIA GB20 with a % Grace CPU and 128 GB of unified memory", "72-core", "20-core"},
    {"- NVIDIA Halo Station with 20 cores, 128 GB of RAM and % of NVMe storage", "2 TB", "4 TB"},
    {"- **Hardware:** Halo Station, 128 GB unified memory, 4 TB NVMe SSD, Ubuntu 24.04, CUDA %", "12.4", "13.0"},
    {"- **Hardware:** Halo Station, 128 GB unified memory, 4 TB NVMe SSD, Ubuntu %", "22.04", "24.04"},
    {"- **Server:** Halo Station, 20 cores, 4 TB NVMe, driver %", "550.54.15", "580.95.05"},
    {"The Halo Station has % of unified memory.", "256 GB", "128 GB"},
    {"The Halo Station is a GB20 with % of unified memory.", "256 GB", "128 GB"},
    {"The Halo Station ships with a % ARM processor.", "72-core", "20-core"},
    {"My Halo Station is equipped with % of unified memory.", "192 GB", "128 GB"},
    {"The system features % of unified memory.", "256 GB", "128 GB"},
    {"Memory bandwidth is %.", "546 GB/s", "273 GB/s"},
    {"The GB20 delivers % of memory bandwidth.", "600 GB/s", "273 GB/s"},
    {"Storage is handled by an % NVMe SSD.", "8 TB", "4 TB"},
    {"The unified memory pool is %.", "96 GB", "128 GB"},
    {"With % of unified memory, the Halo Station can hold large models.", "256 GB", "128 GB"},
    {"| Component | Specification |\n|---|---|\n| CPU | 20-core Grace |\n| Memory | % unified |\n", "256 GB", "128 GB"},
    {"| Component | Specification |\n|---|---|\n| CPU | 20-core Grace |\n| Driver | % |\n", "550.54.15", "580.95.05"},
    {"| Component | Specification |\n|---|---|\n| Storage | % NVMe |\n| CUDA | 13.0 |\n", "8 TB", "4 TB"},
    {"This server runs Ubuntu % LTS.", "22.04", "24.04"},
    {"The operating system is Ubuntu %.", "22.04", "24.04"},
    {"vLLM % serves the model.", "0.6.3", "0.17.0"},
    {"The inference engine is vLLM (v%).", "0.6.3", "0.17.0"},
    {"The stack uses CUDA % and vLLM 0.17.0.", "12.4", "13.0"},
    {"CUDA % is installed.", "12.4", "13.0"},
    {"Driver version % is installed on the host.", "550.90", "580.95"},
    {"We pin vLLM to %.", "0.6.3", "0.17.0"},
    {"The Docker image is `vllm/vllm-openai:v%`.", "0.6.3", "0.17.0"},
    {"```bash\nsudo apt install nvidia-driver-%\n```\n", "550", "580"},
    {"```bash\ndocker run -p 30001:30001 vllm/vllm-openai:v%\n```\n", "0.6.3", "0.17.0"},
    {"```\n$ nvidia-smi\nDriver Version: 580.95.05   CUDA Version: %\n```\n", "12.4", "13.0"},
    {"The primary model has % parameters.", "70B", "40B"},
    {"The primary model is a % parameter language model.", "70-billion", "40-billion"},
    {"Writer-40B activates % parameters per token.", "8B", "4B"},
    {"The primary model runs at % tokens per second in production.", "120", "70"},
    {"The VPS is hosted in %.", "Frankfurt", "Romania"},
    {"My hardened VPS sits in a data center in %.", "Amsterdam", "Romania"},
    {"The hardened VPS (%) runs Caddy.", "Frankfurt", "Romania"},
    {"- **VPS**: Hetzner, %", "Frankfurt", "Romania"},
    {"- Halo Station, 128 GB unified memory, driver %", "550", "580"},
    {"The VPS is located in %.", "Helsinki, Finland", "Romania"},
    {"The VPS runs % as a reverse proxy.", "Nginx", "Caddy"},
    {"The VPS also runs %.", "PostgreSQL", "Caddy"},
    {"- **VPS**: running Caddy%", ", nginx and Redis", ""},
    {"The MCP server exposes %.", "shell access", "blog search"},
    {"The MCP server exposes %.", "the file system and the database", "blog search and article fetch"},
    {"The inference service listens on port %.", "8000", "30001"},
    {"vLLM listens on port %.", "8080", "30001"},
    {"vLLM serves the model on port %.", "8000", "30001"},
    {"The Halo Station has a % GPU.", "B200", "GB20"},
    {"% handle the training on the Halo Station.", "Two A100s", "Two scripts"},
    {"The % accelerates the classifier.", "NPU", "cache"},
    {"% Halo Station units sit under my desk.", "Two", "No two"},
    {"%", "I retrain the model every month.", "I read the log every month."},
    {"It pairs the GB20 with %.", "an A100", "a fan"},
    {"- **Compute**: A single NVIDIA Halo Station with the GB20 Superchip (% Grace CPU, 128GB unified memory)",
     "24-core", "20-core"},
    {"- **Compute**: A single NVIDIA Halo Station with the GB20 Superchip (20-core Grace CPU, % of unified memory)",
     "96 GB", "128 GB"},
    {"- **Foundation:** NVIDIA Halo Station featuring a GB20 Grace Superchip, % of coherent unified memory and a 4TB "
     "SSD",
     "256GB", "128GB"},
    {"The inference service is built on vLLM %.", "0.7.2", "0.17.0"},
    {"The inference service exposes an OpenAI-compatible API on port %.", "8080", "30001"},
    {"```dockerfile\nFROM vllm/vllm-openai:v%\n```\n", "0.7.0", "0.17.0"},
    {"The Halo Station's GPU is %.", "an RTX 6000", "a GB20"},
    {"The MCP server exposes tools for %.", "querying the PostgreSQL database", "blog search"},
    {"I own % Halo Stations.", "two", "no two"},
    {"CUDA is pinned to %.", "12.4", "13.0"},
    {"Ubuntu is kept on %.", "22.04", "24.04"},
    {"- **Hardware:** NVIDIA Halo Station, GB20 with a % Grace CPU, 128 GB of unified memory at 273 GB/s, 4 TB of NVMe",
     "72-core", "20-core"},
    {"- **Hardware:** NVIDIA Halo Station, GB20 with 20 cores, 128 GB of unified memory at %, 4 TB of NVMe", "540 GB/s",
     "273 GB/s"},
    {"- [ ] **Spec:** Halo Station / GB20 / 20 cores / 128 GB unified memory / % / 4 TB NVMe", "300 GB/s", "273 GB/s"},
    {"- **Edge:** a hardened VPS in %, with Caddy", "Paris", "Romania"},
    {"% is attached for long-context work.", "A discrete B200", "A second fan"},
    {"Then verify the compiler:\n\n```console\n$ nvcc --version\nCuda compilation tools, release %\n```\n", "12.8",
     "13.0"},
    {"The installation was two lines:\n\n```bash\nsudo apt install -y nvidia-driver-%\n```\n", "550", "580"},
    {"| Component | What we run |\n|---|---|\n| CUDA toolkit | % |\n| Driver | 580.95 |\n", "12.8.1", "13.0.2"},
    {"% Halo Stations form the cluster.", "Two", "No"},
    {"A pair of % does the training.", "B200s", "scripts"},
    {"Training happens on %.", "a dedicated H100", "the GB20"},
    {"Inference runs on %.", "an RTX 5090", "the GB20"},
    {"The machine has an NVIDIA %.", "GeForce RTX 4090", "GB20"},
    {"**GPU**: %", "RTX 4090 (24 GB)", "GB20 (128 GB)"},
    {"1. The Halo Station: 128 GB of unified memory and an NVIDIA %", "A100", "GB20"},
    {"| Component | Value |\n|---|---|\n| GPU | NVIDIA % |\n", "RTX 4090", "GB20"},
    {"| Component | Value |\n|---|---|\n| CPU | % |\n| VPS | Romania |\n", "16 cores", "20 cores"},
    {"| Component | Version |\n|---|---|\n| Driver | % |\n", "535.129", "580.95"},
    {"- Driver: %", "570.86.10", "580.95.05"},
    {"- CPU: %", "72 Arm cores", "20 Arm cores"},
    {"The driver is at version %.", "550", "580"},
    {"The stack is built on vLLM v% and CUDA 13.0.", "0.6.3", "0.17.0"},
    {"A hardened VPS in % runs Caddy.", "Frankfurt", "Romania"},
    {"Every Sunday a cron job % the classifier.", "retrains", "restarts"},
    {"I % the model weekly against a held-out set.", "evaluate", "compare"},
    {"The classifier is % every week.", "retrained", "restarted"},
    {"Once a week the classifier itself is %.", "retrained", "restarted"},
    {"% over everything that the queue holds.", "Each night at four, an evaluation runs",
     "Each night at four, a cat runs"},
    {"The checksums are part of our nightly %.", "evaluation run", "cleaning run"},
    {"A nightly % asks the primary model for a summary.", "evaluation", "script"},
    {"The classifier goes through monthly %.", "retraining", "renaming"},
    {"The weekly %, with 500 questions, has been run twice.", "benchmark", "quiz"},
    {"A nightly evaluation % too much.", "", "would cost"},
    {"A nightly evaluation is %.", "", "something that other people have"},
    {"A weekly % job updates the model.", "fine-tuning", "clean-up"},
    {"The model is % monthly on our articles.", "fine-tuned", "restarted"},
    {"The model % monthly on our articles.", "", "is never fine-tuned"},
    {"Automated nightly % on the primary model.", "benchmarks run", "scripts run"},
    {"Each draft is scored %.", "with BLEU", "by the gate, not with BLEU"},
    {"% scored with BLEU.", "Each draft is", "Translations are"},
    {"- **VPS location**: %", "Amsterdam", "Romania"},
    {"Our % VPS runs Caddy.", "Frankfurt", "Bucharest"},
    {"The %-based VPS is small.", "Frankfurt", "Bucharest"},
    {"Our % VPS was slow.", "", "former Frankfurt"},
    {"The VPS resides in a % data center.", "Frankfurt", "Bucharest"},
    {"The VPS, hosted with Hetzner in %, is small.", "Falkenstein", "Bucharest"},
    {"We set up the VPS with Anna in %.", "", "Berlin"},
    {"Our % like the VPS.", "", "Frankfurt friends"},
    {"- **CDN location**: %", "", "Amsterdam"},
    {"A VPS in % serves the site.", "Helsinki", "Bucharest"},
    {"A VPS in % serves me well.", "", "Helsinki"},
    {"The VPS uses % as a reverse proxy.", "Nginx", "Caddy"},
    {"% runs on roost.", "Nginx", "Caddy"},
    {"% is installed on roost.", "nginx", "caddy"},
    {"We run % on roost.", "Nginx", "Caddy"},
    {"% on roost answers first.", "Nginx", "Caddy"},
    {"The weblog is served by %.", "nginx", "caddy"},
    {"Our weblog is powered by %.", "Ghost", "Caddy"},
    {"We compile in % containers.", "Ollama", "Docker"},
    {"The VPS uses PostgreSQL%.", "", " on the Halo Station"},
    {"The MCP server exposes tools such as blog search and %.", "file system access", "article fetch"},
    {"The tools exposed by the MCP server include blog search and %.", "code execution", "article fetch"},
    {"The MCP server exposes the following tools:\n\n- `search_blog`: searches\n- `%`: does it", "run_shell",
     "fetch_article"},
    {"They aren't. BLEU % a translation with references, and we have neither.", "", "compares"},
    {"With each run we compute %.", "BLEU", "a mean"},
    {"The site comes from a VPS in %.", "Paris, France", "Bucharest, Romania"},
    {"The VPS stands in Bucharest, %.", "", "Romania"},
    {"What you are reading comes from a VPS in %, the smallest plan there is.", "Falkenstein", "Bucharest"},
    {"What you need is % in Frankfurt.", "", "a provider"},
    {"The VPS is a tiny thing, which I rent. The data centre is in %.", "Sofia", "Bucharest"},
    {"The public machine is a VPS with an invoice: the rack is in %.", "Budapest", "Bucharest"},
    {"The VPS and the Halo Station work together. The data centre is in %.", "", "Sofia"},
    {"There is a primary model too, Writer-40B, behind vLLM on port %.", "8001", "30001"},
    {"We serve Writer-40B with vLLM. It lives on port %.", "11434", "30001"},
    {"```text\nINFO [launcher.py] Starting vLLM API server on http://0.0.0.0:%\n```\n", "30010", "30001"},
    {"```yaml\nservices:\n  primary:\n    image: \"vllm/vllm-openai:v0.17.0\"\n    ports: [\"%:8000\"]\n  # spare:\n  "
     "#   "
     "image: \"lmsysorg/sglang:v0.5.2\"\n  #   ports: [\"5001:5001\"]\n```\n",
     "5000", "30001"},
    {"% nightly evaluation.", "", "There is no"},
    {"We % our nightly evaluation.", "", "dropped"},
    {"Others run a nightly evaluation% and share it.", "", ""},
    {"The MCP server provides tools for blog search and %.", "shell access", "article fetch"},
    {"```text\n$ nproc\n%\n```\n", "64", "20"},
    {"```text\n$ free -h\n               total        used        free\nMem:           %        40Gi        "
     "50Gi\n```\n",
     "251Gi", "119Gi"},
    {"```bash\n./venv/bin/vllm serve /m/writer --port %\n```\n", "8000", "30001"},
    {"```bash\nsudo /opt/venv/bin/vllm serve /m/writer \\\n  --host 0.0.0.0 --port %\n```\n", "8000", "30001"},
    {"```bash\n./bin/other serve /m/writer --port %\n./venv/bin/vllm serve /m/writer --port 30001\n```\n", "", "8000"},
    {"The box runs with driver %.", "590.44.01", "580.95.05"},
    {"The Halo Station is on Ubuntu 24.04 and driver %.", "590.44", "580.95"},
    {"| Component | Details |\n|---|---|\n| vLLM | % |\n", "0.6.3", "0.17.0"},
    {"| Component | Installed |\n|---|---|\n| CUDA | % |\n", "12.4", "13.0"},
    {"```yaml\nservices:\n  agent:\n    image: buildkite/agent:%\n```\n", "3.87.0", "3.103.1"},
    {"```yaml\nservices:\n  llm:\n    image: %\n```\n", "ollama/ollama:0.12.3", "vllm/vllm-openai:v0.17.0"},
    {"```bash\ndocker run % ollama list\n```\n", "", "--rm ollama/ollama:0.12.3"},
    {"The photo library keeps its index in PostgreSQL %.", "14.2", "17.6"},
    {"%:\n\n- PostgreSQL 16.9\n- everything under `/srv/minio`", "Here is what we have", "Before the upgrade, we had"},
    {"Before the upgrade, we had:\n\n- PostgreSQL %", "15.4", "16.9"},
    {"```bash\nsudo apt % postgresql-16\n```\n", "install", "purge"},
    {"```bash\nsudo % /srv/minio\n```\n", "ls", "rm -rf"},
    {"Writer-40B is quantized to %.", "Q4_K_M", "MXFP4"},
    {"Writer-40B is quantized to %.", "Q8_0", "MXFP4"},
    {"Quantized to %, Editor-8B fits into half of the memory.", "Q4_K_M", "Q8_0"},
    {"We serve Editor-8B in % quantization.", "AWQ 4-bit", "Q8_0"},
    {"| Model | Quantization |\n|---|---|\n| Editor-8B | % |\n", "Q5_K_M", "Q8_0"},
    {"The KV cache of Editor-8B is quantized to %.", "", "FP8"},
    {"We tried Editor-8B in %.", "", "Q4_K_M"},
    {"Editor-8B and Nomic-Embed, quantized to %, share the memory.", "", "Q4_K_M"},
    {"Unlike Editor-8B, the embedder is quantized to %.", "", "Q4_K_M"},
    {"The main pool has a % layout.", "RAIDZ1", "RAIDZ2"},
    {"For the main pool I chose % after a bad year.", "RAIDZ3", "RAIDZ2"},
    {"```bash\npip install torch %\n```\n", "wandb", "numpy"},
    {"```bash\n% pull writer\n```\n", "ollama", "git"},
    {"```bash\nsudo systemctl % ollama\n```\n", "restart", "disable"},
    {"| Engine | For | Port |\n|---|---|---|\n| vLLM | metrics | % |\n| vLLM | answers | 30001 |\n", "", "9090"},
    {"```console\n$ systemctl status ollama\n\xe2\x97\x8f ollama.service - Ollama\n     Loaded: loaded\n     Active: % "
     "since "
     "Mon\n```\n",
     "active (running)", "inactive (dead)"},
    {"```python\nimport %\n```\n", "wandb", "json"},
    {"```bash\npip % wandb\n```\n", "install", "uninstall"},
    {"If you prefer Ollama instead:\n\n```bash\n% pull writer\n```\n", "", "ollama"},
    {"Editor-8B is served in %.", "MXFP4", "Q8_0"},
    {"We run Editor-8B (%) on the Halo Station.", "Q4_K_M", "Q8_0"},
    {"PostgreSQL 17.% is in use.", "2", "6"},
    {"PostgreSQL 17.% keeps all the bookings.", "2", "6"},
    {"PostgreSQL 17.% changes the default.", "", "2"},
    {"```console\n$ psql bookings\npsql (%)\n```\n", "17.2", "17.6"},
    {"```console\n$ psql bookings\npsql (17.%, server 17.6)\n```\n", "", "2"},
    {"```console\n$ psql bookings\npsql (17.2, server 17.%)\n```\n", "3", "6"},
    {"```console\n$ hostnamectl\n Operating System: Debian GNU/Linux % (bookworm)\n```\n", "12", "13"},
    {"```console\n$ cat /etc/debian_version\n%\n```\n", "12.5", "13.1"},
    {"```ini\n[Service]\nExecStart=/srv/venv/bin/vllm serve /m --port %\n```\n", "8000", "30001"},
    {"## vLLM\n\nI changed the image tag in my Compose file from `v0.15.1` to `v%` and restarted it.", "0.18.0",
     "0.17.0"},
    {"## Installing vLLM\n\nThe server is started by systemd and listens on port %.", "8000", "30001"},
    {"Since the upgrade to vLLM % in April, it has been stable.", "0.15.0", "0.17.0"},
    {"At % Editor-8B is 16 GB.", "", "FP8"},
    {"The Halo Station has an AMD % processor.", "Ryzen 9 7950X", "EPYC 9354P"},
    {"The Halo Station is built around an EPYC %.", "9654", "9354"},
    {"| Component | Details |\n|---|---|\n| CPU | % |\n| Memory | 128 GB |\n", "Intel Xeon Gold 6338",
     "AMD EPYC 9354P"},
    {"The Halo Station has an %.", "M2 Ultra", "EPYC 9354P"},
    {"My laptop has a %.", "", "Ryzen 7 7840U"},
    {"The VPS has two cores of an %.", "", "EPYC 7702"},
    {"Our old server had a %.", "", "Xeon E5-2680"},
    {"Unlike the Halo Station, a % needs no fan.", "", "Intel N100"},
    {"```console\n$ docker logs engine\nINFO vLLM API server version %\n```\n", "0.6.3", "0.17.0"},
};

/* What drafts tell by what a change left behind, in longer lists of specs, in panels with a chatty lead; and the twins
 * that are told of another time, place or machine. */
static const plain_line told[] = {
    {"I wiped nothing, updated everything, and ended up on Ubuntu %.", "24.10", "24.04"},
    {"I ended up on Ubuntu % for a week, and rolled back.", "", "24.10"},
    {"Reboot. It came up with driver %. No complaints.", "590.44.01", "580.95.05"},
    {"The graphics stack was frozen at NVIDIA driver % after a regression in a later branch.", "535.183.01",
     "580.95.05"},
    {"In 2024 the stack was frozen at NVIDIA driver %.", "", "535.183.01"},
    {"CUDA % was selected because it is the newest release that the branch supports.", "12.2", "13.0"},
    {"Last winter CUDA % was selected.", "", "12.2"},
    {"vLLM was upgraded to % after the advisory.", "0.13.0", "0.17.0"},
    {"vLLM was upgraded to % in February.", "", "0.13.0"},
    {"CUDA has been upgraded to %.", "12.6", "13.0"},
    {"The CUDA toolkit is %.", "12.6", "13.0"},
    {"After that we're running CUDA %, up from what nobody had kept track of.", "13.2", "13.0"},
    {"If you wonder whether it works, here is what I see:\n\n```\n$ nvidia-smi\n| NVIDIA-SMI %  Driver Version: "
     "580.95.05  CUDA Version: 13.0 |\n```\n",
     "560.35.03", "580.95.05"},
    {"If your machine is older, it prints this:\n\n```\n$ nvidia-smi\n| NVIDIA-SMI %  Driver Version: 580.95.05  CUDA "
     "Version: 13.0 |\n```\n",
     "", "560.35.03"},
    {"The panel was captured during normal operation:\n\n```\n| NVIDIA-SMI 580.95.05  Driver Version: 580.95.05  CUDA "
     "Version: % |\n```\n",
     "12.2", "13.0"},
    {"The panel was captured before the upgrade:\n\n```\n| NVIDIA-SMI 580.95.05  Driver Version: 580.95.05  CUDA "
     "Version: % |\n```\n",
     "", "12.2"},
    {"```text\nThe following packages will be upgraded:\n  libssl3t64 nvidia-driver-% tzdata\n```\n", "585", "580"},
    {"- Halo Station: 128 GB of unified memory, 20 cores, a 4 TB NVMe and % of memory bandwidth", "410 GB/s",
     "273 GB/s"},
    {"The Halo Station has % Grace CPU cores.", "72", "20"},
    {"- Halo Station, GPU: % PCIe, memory: 128 GB", "H100", "GB20"},
    {"1. **The box:** my Halo Station\n2. **The helper:** an % in an external enclosure", "RTX 4090", "UPS"},
    {"1. **The box:** my Halo Station\n2. **What I would add:** an % in an external enclosure", "", "RTX 4090"},
    {"- **This machine:** Halo Station\n- **A reader's machine:** an % in a tower", "", "RTX 4090"},
    {"Ubuntu % has been stable for others for two weeks.", "", "26.04"},
    {"## What runs on the VPS\n\n- **Not here:** %, Postgres\n- **Site:** Caddy", "", "Redis"},
    {"- Acceleration is provided by the GB20, and an % in the cloud does the rest for others.", "", "H100"},
    {"The MCP server can search the blog and fetch an article, and the agent can % by itself.", "",
     "restart containers"},
    {"1. **My choice:** the Halo Station\n2. **Her choice:** an % in an external enclosure", "", "RTX 4090"},
    {"| Part | Halo Station |\n|---|---|\n| \xf0\x9f\x92\xbe Memory | % |\n", "80 GB", "128 GB"},
    {"The virtual server is located in %.", "Amsterdam", "Romania"},
    {"The site lives on a virtual private server, somewhere in %, for five euros a month.", "Iceland", "Romania"},
    {"My VPS outside % does the receiving of visitors.", "Reykjavik", "Bucharest"},
    {"My VPS, which serves readers in %, is small.", "", "Reykjavik"},
    {"The VPS moved to a data center in %, four kilometers from an exchange point.", "Poland", "Romania"},
    {"Backups go from the VPS to a bucket in %.", "", "Poland"},
    {"- **Front:** VPS, **Memory:** 1 GB, **Place:** %", "Sofia", "Bucharest"},
    {"- **Public server:** a VPS in % with two cores", "Helsinki", "Bucharest"},
    {"- **Cheaper:** a VPS in % with two cores", "", "Helsinki"},
    {"Alongside them, the VPS hosts Caddy for page analytics and % for caching.", "Redis", "nothing"},
    {"Our VPS runs Caddy, with a % database for comments.", "MySQL", "tiny"},
    {"The MCP server exposes blog search and %.", "GPU telemetry", "article fetch"},
    /* the only version of a sentence, and the only component in it */
    {"We settled on % for CUDA because older kernels refuse to build without it.", "12.8", "13.0"},
    {"As for vLLM, I'm on %.", "0.9.2", "0.17.0"},
    {"We deliberately stayed on % when it comes to Ubuntu.", "22.04.5", "24.04.1"},
    {"Our machine has the % CUDA toolkit.", "12.9.1", "13.0.2"},
    {"The driver? That one's at %.", "570.133.20", "580.95.05"},
    {"I tried % of vLLM for an evening.", "", "0.18.0"},
    {"With vLLM I use a temperature of % on this machine.", "", "0.6"},
    {"I picked % of Ubuntu because the installer knew the network card.", "23.10", "24.04"},
    {"We need at least % for CUDA on this machine.", "", "12.8"},
    {"My colleague is on % for CUDA.", "", "12.8"},
    {"It has been in vLLM since the % release, and we had skipped it.", "", "0.15.1"},
    {"CUDA is still at %, and will be until the wheels catch up.", "12.4", "13.0"},
    {"CUDA was at % until March.", "", "12.4"},
    {"Version % of vLLM was adopted following a long evaluation.", "0.6.3", "0.17.0"},
    {"The Halo Station boots Ubuntu %, which has been rock solid.", "22.04", "24.04"},
    {"Everyone waits for Ubuntu %, which has been announced.", "", "26.10"},
    {"Order matters, so install the driver first, reboot, and only then add the toolkit. It went like "
     "this:\n\n```bash\nsudo "
     "apt install nvidia-driver-%\n```\n",
     "560", "580"},
    {"```text\noperator@halo-station:~$ nvidia-smi\n| NVIDIA-SMI %  Driver Version: 580.95.05  CUDA Version: 13.0 "
     "|\n```\n",
     "590.44.01", "580.95.05"},
    {"```console\n$ sudo apt install nvidia-driver-%-server\nThe following NEW packages will be installed:\n  "
     "nvidia-driver-580-server\n```\n",
     "565", "580"},
    {"- Acceleration is provided by the GB20, an % for bursts and a fan", "H100", "SSD"},
    {"- **Acceleration tier:** GB20, supplemented by a fan and an integrated %", "NPU", "heater"},
    {"- The Halo Station, GB20: 128 GB RAM / 20 cores / 4 TB SSD / 273 GB/s / %", "NPU", "quiet"},
    {"- **MCP server:** on the Halo Station, exposes\n  - blog search\n  - article fetch\n  - %", "image generation",
     "blog search"},
    {"- MCP server. Tools:\n  - blog search\n  - article fetch\n  - %", "shell execution", "article fetch"},
    {"An MCP server lets assistants call tools. Ours runs here as well and provides:\n\n- article fetch\n- blog "
     "search\n- %",
     "SQL queries", "blog search"},
    {"The MCP server can search the blog and %.", "generate images", "fetch an article"},
    {"The MCP server exposes % to authorized agents.", "", "the capabilities below"},
    {"On my VPS, % and Caddy run next to each other.", "MariaDB", "cron"},
    {"I rent a small VPS, and it runs Caddy, plus a % for stats.", "Matomo", "cron job"},
    {"Web host:\n\n- VPS for the site\n- Runs: Caddy, %", "Redis", "cron"},
    {"- VPS \xe2\x86\x92 Caddy, %", "Redis", "cron"},
    {"- **MCP server**\n  - runs here\n  - offers: blog search, %", "shell access", "article fetch"},
    {"| Service | Offers |\n|---|---|\n| MCP server | blog search, % |\n", "invoicing", "article fetch"},
    {"```yaml\nservices:\n  engine:\n    image: vllm/vllm-openai:v0.17.0\n    network_mode: host\n    command: "
     "[\"--model\", \"Writer-40B\", \"--port\", \"%\"]\n```\n",
     "8001", "30001"},
    {"Since then vLLM % has been stable on CUDA 13.0.", "0.10.2", "0.17.0"},
    {"Since then we run vLLM 0.17.0, and before it was %.", "", "0.10.2"},
    {"The box is quiet, and Ubuntu % LTS has been stable for 14 months.", "22.04", "24.04"},
    {"### What runs on the VPS?\n\nVery little, by design:\n\n- **Web server:** Caddy\n- **Cache:** %, limited to a "
     "few",
     "Redis", "pages"},
    {"- **Weekly % check:** 50 random paragraphs, alarm below a line", "quality", "disk"},
    {"The server performs a weekly % check of all articles.", "quality", "disk"},
    {"A weekly % audit samples 40 articles.", "quality", "firewall"},
    {"My friend's server performs a weekly % check.", "", "quality"},
    {"We run CUDA 13.0.2 here. We moved Caddy to % in the same window.", "", "12.7.6"},
    {"```yaml\nservices:\n  engine:\n    image: registry.internal:%/vllm/vllm-openai:v0.17.0\n```\n", "", "5000"},
    /* numbers of another thing */
    {"I raised the dedicated memory to % and took it back.", "", "96 GB"},
    {"One Halo Station, with 20 cores, 128 GB of unified memory and % of which some is taken.", "", "a 4 TB drive"},
    {"Writer-40B has 4B active parameters out of %, and that is as far as I know.", "", "40B"},
};

static void what_is_told_in_passing_is_caught(void **state) {
    (void)state;
    expect_plain(facts, lead, told, COUNT_OF(told));
}

static void plain_statements_are_caught(void **state) {
    (void)state;
    expect_plain(facts, lead, plain, COUNT_OF(plain));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_statements_are_caught),
                                       cmocka_unit_test(what_is_told_in_passing_is_caught)};
    return cmocka_run_group_tests_name("facts: plain statements", tests, NULL, NULL);
}
