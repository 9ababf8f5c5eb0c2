/*
 * What the test programs need of Linux, without a C library: they are built for i386 on machines that have none for it.
 * System call numbers: arch/x86/entry/syscalls/syscall_32.tbl. Structures and request codes: include/uapi/drm/i915_drm.h.
 */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

#define NULL ((void *)0)
#define O_RDWR 2

static inline long syscall3(long number, long a, long b, long c)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
	return result;
}

static inline void exit_with(int status)
{
	syscall3(1, status, 0, 0);
	for (;;)
		;
}

static inline int open_file(const char *path)
{
	return syscall3(5, (long)path, O_RDWR, 0);
}

static inline int ioctl(int fd, u32 request, void *argument)
{
	return syscall3(54, fd, request, (long)argument);
}

/* Output is collected and written whole, so that a line is never mixed with the kernel's. */
static char line[256];
static u32 line_length;

static inline void put(const char *text)
{
	while (*text && line_length < sizeof(line))
		line[line_length++] = *text++;
}

static inline void put_hex(u32 value)
{
	put("0x");
	for (int shift = 28; shift >= 0; shift -= 4) {
		char digit[2] = { "0123456789abcdef"[(value >> shift) & 15], 0 };
		put(digit);
	}
}

static inline void put_number(int value)
{
	char digits[12];
	int at = sizeof(digits) - 1;
	u32 rest = value < 0 ? -value : value;

	digits[at] = 0;
	do
		digits[--at] = '0' + rest % 10;
	while (rest /= 10);
	if (value < 0)
		put("-");
	put(digits + at);
}

static inline void end_line(void)
{
	put("\n");
	syscall3(4, 1, (long)line, line_length);
	line_length = 0;
}

#define IOC(direction, number, type) \
	(((u32)(direction) << 30) | ((u32)sizeof(type) << 16) | (0x64 << 8) | (number))
#define IOW(number, type) IOC(1, number, type)
#define IOWR(number, type) IOC(3, number, type)

struct gem_create { u64 size; u32 handle, pad; };
struct gem_pread { u32 handle, pad; u64 offset, size, data; };
struct gem_wait { u32 handle, flags; s64 timeout_ns; };
struct exec_object {
	u32 handle, relocation_count;
	u64 relocations, alignment, offset, flags, reserved1, reserved2;
};
struct execbuffer {
	u64 buffers;
	u32 buffer_count, batch_start, batch_length, dr1, dr4, cliprects;
	u64 cliprects_pointer, flags, context, reserved;
};

#define GEM_CREATE IOWR(0x40 + 0x1b, struct gem_create)
#define GEM_PREAD IOW(0x40 + 0x1c, struct gem_pread)
#define GEM_PWRITE IOW(0x40 + 0x1d, struct gem_pread)
#define GEM_EXECBUFFER2 IOW(0x40 + 0x29, struct execbuffer)
#define GEM_WAIT IOWR(0x40 + 0x2c, struct gem_wait)

#define OBJECT_WRITE (1 << 2)
#define OBJECT_48B_ADDRESS (1 << 3)
#define OBJECT_PINNED (1 << 4)

#define MI_BATCH_BUFFER_END (0x0a << 23)
#define MI_STORE_DATA_IMM ((0x20 << 23) | 2)
/* To an address of the per-process table. */
#define MI_BATCH_BUFFER_START ((0x31 << 23) | (1 << 8) | 1)

/* An engine as execbuffer names it (I915_EXEC_RENDER and so on). */
struct engine { const char *name; u32 selector; };
static const struct engine engines[] = { { "RCS0", 1 }, { "BCS0", 3 }, { "VCS0", 2 }, { "VECS0", 4 } };
#define ENGINES (sizeof(engines) / sizeof(engines[0]))

static inline int create_object(int card, u32 *handle)
{
	struct gem_create create = { .size = 4096 };
	int result = ioctl(card, GEM_CREATE, &create);

	*handle = create.handle;
	return result;
}

static inline int write_object(int card, u32 handle, const void *data, u32 size)
{
	struct gem_pread write = { .handle = handle, .size = size, .data = (u32)data };

	return ioctl(card, GEM_PWRITE, &write);
}

static inline int read_object(int card, u32 handle, void *data, u32 size)
{
	struct gem_pread read = { .handle = handle, .size = size, .data = (u32)data };

	return ioctl(card, GEM_PREAD, &read);
}

/* Waits without limit: a hang ends by the driver's own doing. */
static inline int wait_for(int card, u32 handle)
{
	struct gem_wait wait = { .handle = handle, .timeout_ns = -1 };

	return ioctl(card, GEM_WAIT, &wait);
}

/* The last object is the batch. Objects lie where their `offset` says. */
static inline int execute(int card, struct exec_object *objects, u32 count, u32 engine)
{
	struct execbuffer execute = { .buffers = (u32)objects, .buffer_count = count, .flags = engine };

	return ioctl(card, GEM_EXECBUFFER2, &execute);
}
