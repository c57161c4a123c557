# A Debian package without debhelper: `make install` into a tree, a control file, dpkg-deb. The program links its
# third-party libraries statically where their archives are there, so it depends on libc alone.
DEB_ARCH ?= $(shell dpkg --print-architecture 2>/dev/null)
DEB_ROOT := build/deb/assay_$(VERSION)_$(DEB_ARCH)
DEB      := $(DEB_ROOT).deb
.PHONY: deb
deb: all
	@command -v dpkg-deb >/dev/null || { echo "deb: dpkg-deb is not here: build this on Debian or Ubuntu" >&2; exit 1; }
	@rm -rf $(DEB_ROOT) && mkdir -p $(DEB_ROOT)/DEBIAN $(DEB_ROOT)/usr/share/doc/assay
	@$(MAKE) --no-print-directory install DESTDIR=$(abspath $(DEB_ROOT)) PREFIX=/usr >/dev/null
	@rm $(DEB_ROOT)/usr/share/assay/installed
	@find $(DEB_ROOT)/usr/share/man -type f -exec gzip -9n {} +
	@strip --strip-unneeded $(DEB_ROOT)/usr/bin/assay
	@mkdir -p build/deb/debian && : >build/deb/debian/control
	@cd build/deb && { dpkg-shlibdeps -O $(abspath $(DEB_ROOT))/usr/bin/assay 2>/dev/null | sed 's/^shlibs:Depends=//'; } >depends || true
	@[ -s build/deb/depends ] || echo libc6 >build/deb/depends
	@cp LICENSE $(DEB_ROOT)/usr/share/doc/assay/copyright
	@gzip -9nc docs/CHANGELOG.md >$(DEB_ROOT)/usr/share/doc/assay/changelog.gz
	@printf 'Package: assay\nVersion: %s\nArchitecture: %s\nMaintainer: the assay authors <assay@localhost>\nSection: text\nPriority: optional\nDepends: %s\nInstalled-Size: %s\nDescription: the gate between model-written drafts and a published site\n Measures whether a Markdown article has the shape of good technical writing,\n and whether what it claims is true of the operation it talks about.\n' \
	    "$(VERSION)" "$(DEB_ARCH)" "$$(cat build/deb/depends)" "$$(du -sk $(DEB_ROOT)/usr | cut -f1)" >$(DEB_ROOT)/DEBIAN/control
	@find $(DEB_ROOT) -type d -exec chmod 755 {} +
	@dpkg-deb --root-owner-group --build $(DEB_ROOT) $(DEB) >/dev/null
	@echo "  DEB   $(DEB)"

# The same program for arm64, cross-compiled against Debian's arm64 libraries (fetched by apt into build/arm64-root, never
# installed), and run under qemu-user where that is there.
.PHONY: arm64
arm64:
	@sh docs/arm64.sh "$(MAKE)"
#: make deb             a Debian package in build/deb
#: make arm64           cross-compile the program for arm64 and run it under qemu (needs gcc-aarch64-linux-gnu and apt)
