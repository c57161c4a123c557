# A stand-in for NVIDIA's management library, beside the test that opens it.
$(B)/tests/unit/libfake-nvml.so: tests/support/nvml/fake_nvml.c
	@mkdir -p $(@D)
	@$(CC) -std=c11 $(WARN) -shared -fPIC -o $@ $<
$(B)/tests/unit/test_holders: | $(B)/tests/unit/libfake-nvml.so
