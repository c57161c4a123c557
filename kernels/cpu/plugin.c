/* plugin.c - opens another backend as a shared library and checks that it speaks this contract. It stays loaded: a
 * driver that has started threads cannot be unloaded safely. */
#include "kernels.h"

#include <dlfcn.h>

int kernels_load(const char *library_path, const struct kernels_backend **backend, error *e) {
    *backend = NULL;
    void *library = dlopen(library_path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return error_set(e, ERROR_SUPPORT, "cannot load %s: %s", library_path, dlerror());
    void *symbol = dlsym(library, KERNELS_PLUGIN_SYMBOL);
    kernels_plugin_function function = NULL;
    memcpy(&function, &symbol, sizeof symbol); /* POSIX's way from an object pointer to a function pointer */
    if (!symbol) {
        dlclose(library);
        return error_set(e, ERROR_SUPPORT, "%s is no kernel plug-in: it has no %s", library_path,
                         KERNELS_PLUGIN_SYMBOL);
    }
    const struct kernels_backend *b = function();
    if (!b || b->abi != KERNELS_ABI)
        return error_set(e, ERROR_SUPPORT,
                         "%s speaks kernel contract %u and this program %u: install the one that belongs to it",
                         library_path, b ? b->abi : 0, KERNELS_ABI);
    *backend = b;
    return 0;
}
