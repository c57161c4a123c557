/* typed.c - lines of code that a person types, told without a "$ ".
 *
 *     # apt-mark hold nvidia-driver-580      root's prompt: a command stands behind it, where a comment has a word
 *     apt install nginx                      a block that does not say what it is, and of which every line is a command
 *
 * In: a line, or the text of a block. Out: is it typed? The names are those of programs that no comment begins with.
 */
#include "facts/reading/reading.h"

/* Does the text begin with one of these words, and more behind it? */
static bool begins_with_command(str line, const char *commands) {
    ptrdiff_t end = str_find_byte(line, ' ', 0);
    return end > 1 && str_is_among(str_slice(line, 0, end), commands);
}

/* "# apt-mark hold nvidia-driver-580" in a pasted session: root's prompt, where a comment would begin with a word. */
bool typed_by_root(str line) {
    return str_starts(line, STR("# ")) &&
           begins_with_command(str_slice(line, 2, line.n),
                               "apt apt-get apt-mark apt-cache dpkg dnf yum zypper pacman systemctl journalctl docker "
                               "podman kubectl nvidia-smi nvcc lsblk zpool zfs modprobe sysctl hostnamectl lsb_release "
                               "uname mkdir chmod chown pip pip3 sudo");
}

bool typed_has_root(str text) {
    str line;
    while (str_cut(&text, '\n', &line))
        if (typed_by_root(line)) return true;
    return false;
}

/* A block that does not say what it is, and of which every line is a command: "apt install …", "pip install …". */
bool typed_all(str text) {
    str line;
    bool any = false, continues = false;
    while (str_cut(&text, '\n', &line)) {
        str typed = str_trim(line);
        bool command = begins_with_command(typed, "sudo apt apt-get apt-mark dnf yum pacman pip pip3 uv docker podman "
                                                  "systemctl curl wget");
        if (typed.n && typed.p[0] != '#' && !continues && !command) return false;
        any = any || command;
        continues = typed.n && typed.p[typed.n - 1] == '\\';
    }
    return any;
}
