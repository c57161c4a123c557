/* doctor_parts.h - what the two files of the doctor share. */
#ifndef ASSAY_DRAFT_DOCTOR_PARTS_H
#define ASSAY_DRAFT_DOCTOR_PARTS_H

#include "draft/doctor.h"

struct doctor {
    arena *a;
    const struct doctor_options *o;
    diagnosis_list *out;
};

/* Adds a diagnosis; false when memory is gone. */
bool doctor_say(struct doctor *d, const char *check, enum health health, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
bool doctor_memory(struct doctor *d);
bool doctor_devices(struct doctor *d);

#endif
