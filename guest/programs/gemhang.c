/* A batch that jumps to itself for ever, on RCS0. The driver's own hang detection has to end it. */
#include "guest.h"

#define BATCH_ADDRESS 0x200000

void _start(void)
{
	int card = open_file("/dev/dri/card0");
	u32 batch;
	const u32 commands[] = { MI_BATCH_BUFFER_START, BATCH_ADDRESS, 0, MI_BATCH_BUFFER_END };

	if (card < 0 || create_object(card, &batch) || write_object(card, batch, commands, sizeof(commands))) {
		put("gemhang: the batch could not be made");
		end_line();
		exit_with(1);
	}
	struct exec_object object = {
		.handle = batch, .offset = BATCH_ADDRESS, .flags = OBJECT_PINNED | OBJECT_48B_ADDRESS,
	};
	int submitted = execute(card, &object, 1, engines[0].selector);

	put("gemhang submitted, result ");
	put_number(submitted);
	end_line();
	int waited = wait_for(card, batch);

	put("gemhang ended, wait returned ");
	put_number(waited);
	end_line();
	exit_with(submitted || waited);
}
