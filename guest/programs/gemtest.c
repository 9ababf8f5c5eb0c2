/* For each engine: a batch stores a value through the per-process tables, and the value is read back. */
#include "guest.h"

#define TARGET_ADDRESS 0x100000
#define BATCH_ADDRESS 0x200000

/* The step that failed, or NULL. */
static const char *run(int card, u32 engine, u32 value, u32 *found)
{
	u32 target, batch;
	const u32 commands[] = { MI_STORE_DATA_IMM, TARGET_ADDRESS + 64, 0, value, MI_BATCH_BUFFER_END, 0 };

	if (create_object(card, &target) || create_object(card, &batch))
		return "create";
	if (write_object(card, batch, commands, sizeof(commands)))
		return "write the batch";
	struct exec_object objects[] = {
		{ .handle = target, .offset = TARGET_ADDRESS, .flags = OBJECT_PINNED | OBJECT_48B_ADDRESS | OBJECT_WRITE },
		{ .handle = batch, .offset = BATCH_ADDRESS, .flags = OBJECT_PINNED | OBJECT_48B_ADDRESS },
	};
	if (execute(card, objects, 2, engine))
		return "execute";
	if (wait_for(card, target))
		return "wait";
	u32 memory[32];
	if (read_object(card, target, memory, sizeof(memory)))
		return "read back";
	*found = memory[16];
	return *found == value ? NULL : "compare";
}

void _start(void)
{
	int card = open_file("/dev/dri/card0");
	int failures = 0;

	if (card < 0) {
		put("gemtest: /dev/dri/card0 cannot be opened, error ");
		put_number(card);
		end_line();
		exit_with(1);
	}
	for (u32 i = 0; i < ENGINES; i++) {
		u32 found = 0;
		const char *step = run(card, engines[i].selector, 0xc0de0000 + i, &found);

		put("gemtest ");
		put(engines[i].name);
		put(step ? " FAIL at: " : " OK ");
		if (step)
			put(step);
		put(step ? ", found " : "");
		put_hex(found);
		end_line();
		failures += step != NULL;
	}
	exit_with(failures);
}
