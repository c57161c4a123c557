# Benchmarks: never timed tests.
.PHONY: bench
bench: all $(B)/tests/bench/bench_check
	@ASSAY=$(abspath $(PROG)) BENCH=$(B)/tests/bench/bench_check BENCH_MANIFEST=$${BENCH_MANIFEST:-corpus/manifests/kestrel.yaml} sh tests/bench/bench.sh
#: make bench           the check against the bare parse, cold start, threads, GNU style and diction (MD=folders)
#: make bench-lm        tok/s, GB/s and share of the read bandwidth of whole models (PEER=path/to/llama-bench compares)
.PHONY: bench-lm
bench-lm: $(B)/tests/bench/bench_lm
	@mkdir -p build/bench
	@$< --device cpu --dir build/bench $(if $(PEER),--peer $(PEER)) $(BENCH_ARGS)
$(B)/tests/bench/bench_lm: $(B)/tests/bench/bench_lm.o $(B)/tests/bench/bench_peer.o $(B)/tests/bench/bench_model.o $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $(filter %.o,$^) $(LIB) $(LIBS)
-include $(B)/tests/bench/bench_lm.d $(B)/tests/bench/bench_peer.d $(B)/tests/bench/bench_model.d

#: make bench-speculate  what guessing gives and costs: the same texts with --speculate off, auto and on (ROUNDS=9)
.PHONY: bench-speculate
bench-speculate: $(B)/tests/bench/bench_speculate
	@mkdir -p build/bench
	@$< build/bench $(or $(ROUNDS),9) $(MODEL)
-include $(B)/tests/bench/bench_speculate.d

# The same on whatever device there is, needing nothing but gcc (and nvcc for the plug-in): no other library is linked.
#: make gpu-bench-lm    whole models of real shapes on the GPU, or on the CPU where there is none (PEER=…; LM_SECONDS=0: all)
# Each model in turn until LM_SECONDS are over (0: all of them); LM_MEMORY: most GB that one may take.
LM_SECONDS ?= 540
BARE_OBJ := $(patsubst %.c,$(B)/%.o,$(wildcard kernels/cpu/*.c kernels/check/*.c src/lm/gguf*.c src/lm/arch*.c src/lm/engine*.c) \
  $(addprefix src/base/,error.c str.c arena.c buf.c file.c utf8.c) src/draft/device.c \
  $(addprefix src/lm/,load.c load_memory.c load_stream.c load_reader.c session.c prefix_cache.c) tests/bench/plain_hash.c)
$(B)/tests/bench/bench_lm_bare: $(B)/tests/bench/bench_lm.o $(B)/tests/bench/bench_peer.o $(B)/tests/bench/bench_model.o $(BARE_OBJ)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -rdynamic -o $@ $^ -lpthread -ldl -lm
-include $(B)/tests/bench/plain_hash.d
.PHONY: gpu-bench-lm
gpu-bench-lm: $(if $(NVCC),cuda) $(B)/tests/bench/bench_lm_bare
	@mkdir -p build/bench
	@$(if $(NVCC),,echo "  SKIP  the GPU plug-in: there is no nvcc on this machine")
	@$(B)/tests/bench/bench_lm_bare --device auto --plugin $(B) --dir build/bench --keep no --seconds $(LM_SECONDS) $(if $(LM_MEMORY),--memory $(LM_MEMORY)) $(if $(PEER),--peer $(PEER)) $(BENCH_ARGS)

# The error rates of the truth stage. It runs twice, since the same articles must give the same report, byte for byte.
TRUTH_OBJ := $(patsubst %.c,$(B)/%.o,$(wildcard tests/bench/truth_*.c))
$(B)/tests/bench/bench_truth: $(B)/tests/bench/bench_truth.o $(TRUTH_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(TRUTH_OBJ) $(LIB) $(LIBS)
-include $(B)/tests/bench/bench_check.d
-include $(TRUTH_OBJ:.o=.d) $(B)/tests/bench/bench_truth.d
.PHONY: bench-truth
bench-truth: $(B)/tests/bench/bench_truth
	@mkdir -p build/bench
ifdef OPS
	@$< $(OPS) >build/bench/TRUTH-OPS.md; sed -n '/^| figure/,/^$$/p' build/bench/TRUTH-OPS.md
else
	@$< >build/bench/TRUTH.again 2>/dev/null & again=$$!; $< >build/bench/TRUTH.md && wait $$again && \
	    cmp build/bench/TRUTH.md build/bench/TRUTH.again && cp build/bench/TRUTH.md docs/TRUTH.md
	@sed -n '/^| figure/,/^$$/p' docs/TRUTH.md
endif
#: make bench-truth     the error rates of the truth stage, into docs/TRUTH.md (OPS="a,b c": tuned and held out, not kept)
.PHONY: bench-quantities
bench-quantities: $(B)/tests/bench/bench_quantities
	@test -n "$(PROSE)" || { echo "bench-quantities: give PROSE=FOLDER, clones of the projects named in tests/bench/quantities.tsv"; exit 2; }
	@sh tests/bench/quantities.sh $< tests/bench/quantities.tsv $(PROSE) $(BENCH_ARGS) >build/quantities.md
	@if test -z "$(BENCH_ARGS)"; then sed '/^<!-- figures -->/q' docs/QUANTITIES.md | cat - build/quantities.md >build/QUANTITIES.md && mv build/QUANTITIES.md docs/QUANTITIES.md; fi
	@cat build/quantities.md
#: make bench-quantities PROSE=FOLDER   value and unit F1 on public technical prose (clones, annotation in the tree)
-include $(B)/tests/bench/bench_strangers.d
.PHONY: bench-strangers
bench-strangers: $(B)/tests/bench/bench_strangers
	@test -n "$(PROSE)" || { echo "bench-strangers: give PROSE=FOLDER, clones of the projects named in tests/bench/strangers.tsv"; exit 2; }
	@sh tests/bench/strangers.sh $(abspath $<) tests/bench/strangers.tsv $(PROSE) $(abspath corpus/manifests/kestrel.yaml corpus/manifests/harborlight.yaml) $(BENCH_ARGS) >build/strangers.md
	@if test -z "$(BENCH_ARGS)"; then sed '/^<!-- figures -->/q' docs/STRANGERS.md | cat - build/strangers.md >build/STRANGERS.md && mv build/STRANGERS.md docs/STRANGERS.md; fi
	@cat build/strangers.md
#: make bench-neighbours PROSE=FOLDER  articles about the same machines of which nobody said whose they are: taken for ours?
.PHONY: bench-neighbours
NEIGHBOURS := $(foreach o,kestrel harborlight fernhill millbrook ravenscar wendlebury tidewater ashdown coldharbour,corpus/manifests/$(o).yaml) \
    $(foreach o,juniper octant quarry rookery tamarind umbra,tests/facts/drafts/$(o)/manifest.yaml)
bench-neighbours: $(B)/tests/bench/bench_strangers
	@test -n "$(PROSE)" || { echo "bench-neighbours: give PROSE=FOLDER, clones of the projects named in tests/bench/neighbours.tsv"; exit 2; }
	@sh tests/bench/strangers.sh $(abspath $<) tests/bench/neighbours.tsv $(PROSE) --auto $(abspath $(NEIGHBOURS)) $(BENCH_ARGS) >build/neighbours.md
	@sed 's|$(abspath .)/||' build/neighbours.md
#: make bench-strangers PROSE=FOLDER   other people's documentation judged as ours: what is paid or contradicted by chance

# What each reason that keeps a contradiction back costs at falsehoods and saves at truths.
DOUBTS_OBJ := $(TRUTH_OBJ) $(B)/tests/support/sentences.o $(B)/tests/support/drafts.o
$(B)/tests/bench/bench_doubts: $(B)/tests/bench/bench_doubts.o $(DOUBTS_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(DOUBTS_OBJ) $(LIB) $(LIBS)
-include $(B)/tests/bench/bench_doubts.d
.PHONY: bench-doubts
bench-doubts: $(B)/tests/bench/bench_doubts
	@$< $(or $(OPS),kestrel harborlight fernhill millbrook ravenscar wendlebury tidewater ashdown coldharbour) $(if $(SHOW),--show "$(SHOW)") $(if $(SENTENCES),--sentences) --drafts $(DRAFTS_STUDIED)
#: make bench-doubts    what each doubt costs at falsehoods and saves at truths, drafts included (OPS="fernhill millbrook", SHOW="it is a limit", SENTENCES=1)

# Manifests that lack an entry: what honest articles say of it must be unverified, never held against another fact.
SILENCE_OBJ := $(B)/tests/support/silence.o
$(B)/tests/bench/bench_silence: $(B)/tests/bench/bench_silence.o $(SILENCE_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(SILENCE_OBJ) $(LIB) $(LIBS)
-include $(B)/tests/bench/bench_silence.d
.PHONY: bench-silence
bench-silence: $(B)/tests/bench/bench_silence
	@$< $(or $(OPS),kestrel harborlight fernhill millbrook ravenscar wendlebury tidewater ashdown coldharbour) $(if $(SHARE),--share=$(SHARE)) $(if $(SHOW),--show)
#: make bench-silence   honest articles judged without one entry of the manifest at a time (OPS="fernhill", SHOW=1 lists what is false, SHARE=0.2 takes out a fifth)

# Sentences of people who had not seen the extractor: how many are judged wrongly, and which false ones pay.
SENTENCES_OBJ := $(B)/tests/support/sentences.o
$(B)/tests/bench/bench_sentences: $(B)/tests/bench/bench_sentences.o $(SENTENCES_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(SENTENCES_OBJ) $(LIB) $(LIBS)
-include $(B)/tests/bench/bench_sentences.d
.PHONY: bench-sentences
bench-sentences: $(B)/tests/bench/bench_sentences
	@$< $(or $(OPS),kestrel harborlight fernhill millbrook ravenscar wendlebury tidewater) $(if $(SHOW),--show)
#: make bench-sentences  sentences written blind: judged wrongly, caught, paid (OPS="fernhill", SHOW=1 lists them)

# Drafts of language models, honest and fabricated. What is kept is read by nobody who tunes the program on the others.
DRAFTS_KEPT := palisade seaglass vellum willowdene xenolith yarrow spark-blog-kept moraine solway porto halden brindle sanderling abacus four-trees coop pacs indie-game tide-lab cycle-hire spark-press dye-works spark-solo
DRAFTS_STUDIED := $(filter-out $(DRAFTS_KEPT),$(notdir $(wildcard tests/facts/drafts/*)))
DRAFTS_OBJ := $(B)/tests/support/drafts.o
$(B)/tests/bench/bench_drafts: $(B)/tests/bench/bench_drafts.o $(DRAFTS_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(DRAFTS_OBJ) $(LIB) $(LIBS)
-include $(B)/tests/bench/bench_drafts.d
.PHONY: bench-drafts
bench-drafts: $(B)/tests/bench/bench_drafts
	@mkdir -p build/bench
	@$< $(DRAFTS_STUDIED) --kept $(DRAFTS_KEPT) >build/bench/DRAFTS.md
	@cp build/bench/DRAFTS.md docs/DRAFTS.md && sed -n '/^| operation/,$$p' docs/DRAFTS.md
#: make bench-drafts    drafts of language models, honest and fabricated: what passes, what is caught, into docs/DRAFTS.md
