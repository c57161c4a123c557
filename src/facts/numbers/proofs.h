/* proofs.h - what proof.c asks of the build of a sentence or a table. Private to the truth stage: proof_subject.c and
 * proof_build.c, proof_nouns.c,
 * proof_store.c, proof_machines.c, proof_opposites.c, proof_condition.c.
 */
#ifndef ASSAY_FACTS_PROOFS_H
#define ASSAY_FACTS_PROOFS_H

#include "facts/numbers/question.h"

/* proof_subject.c. Is the entity another thing than every owner of the fact, and of the role of one of them? */
bool proof_is_other_than_owners(const question *q, const numeric_fact *f, uint32_t subject);
/* Does the row's label name another measurement of the sort, and nothing the fact? */
bool proof_is_of_another_row(const question *q, const numeric_fact *f);
/* proof_build.c. Is the number an aim, "our objective of one hour", which is no measurement? */
bool proof_is_aim(const passage *p, const token *t, const numeric_fact *f);
/* proof_build.c. "a deployment that takes four minutes": is the number said of the fact's owner by a clause that hangs
 * on its name, whatever the sentence begins with? */
bool proof_hangs_on_owner(const question *q, const numeric_fact *f);
/* proof_build.c. Does the build of the place give the number to another thing, another phase or another part? */
bool proof_is_built_otherwise(const question *q, const numeric_fact *f);
/* proof_nouns.c. Does the sentence begin with a noun that is another thing's, or no declared thing's at all? */
bool proof_is_of_another_noun(const question *q, const numeric_fact *f);
/* proof_machines.c. Is the sentence about another declared machine than the fact's? */
bool proof_is_of_another_machine(const question *q, const numeric_fact *f);
/* proof_opposites.c. Does the clause say the opposite of what the fact is called by: idle of load? */
bool proof_is_of_opposite(const question *q, const numeric_fact *f);
/* proof_store.c. Is the size said of another store than the attribute's: of the disk where that is the memory? */
bool proof_is_of_another_store(const question *q, const numeric_fact *f);
/* proof_condition.c. Does the sentence state the condition of another benchmark of the metric, and not its own? */
bool proof_is_of_another_condition(const question *q, const numeric_fact *f);
/* Does it say both ends of the fact's condition, "lamp1-lamp2", and not both of the other's? */
bool proof_is_in_own_condition(const question *q, const numeric_fact *f, const numeric_fact *other);

#endif
