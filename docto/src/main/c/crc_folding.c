/*
 * Cyclic redundancy checks by carry-less multiplication (Gopal et al.: Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
 * Instruction, Intel 2009), for any check of up to 64 bits that takes the lowest bit of a byte first. Sixteen bytes are a polynomial over
 * GF(2); in front of n further bits it is multiplied by x to the power of n, modulo the check's polynomial, and added to the bytes there.
 */
#include <stddef.h>
#include <stdint.h>

/* The register behind eight bytes; the lowest bit is the first. */
static uint64_t behind(uint64_t reg, uint64_t polynomial) {
  for (int bit = 0; bit < 64; bit++) {
    reg = (reg >> 1) ^ (polynomial & -(reg & 1));
  }
  return reg;
}

static uint64_t one_by_one(uint64_t reg, const uint8_t *bytes, size_t length, uint64_t polynomial) {
  for (size_t i = 0; i < length; i++) {
    reg ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) {
      reg = (reg >> 1) ^ (polynomial & -(reg & 1));
    }
  }
  return reg;
}

#if defined(__x86_64__)
#include <immintrin.h>

enum { BLOCK = 16, LANES = 8 };

int hydra_crc_can_fold(void) { return __builtin_cpu_supports("pclmul") != 0; }

static inline __m128i at(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }

/* Of a block, what it leaves at another one behind it. */
__attribute__((target("pclmul"))) static inline __m128i ahead(__m128i block, __m128i powers) {
  return _mm_xor_si128(_mm_clmulepi64_si128(block, powers, 0x00), _mm_clmulepi64_si128(block, powers, 0x11));
}

/*
 * The register behind so many bytes. far_* and near_* are x to the power of n + 63 (the first eight bytes of a block, which are 64 bits further
 * away) and of n - 1 (the last), for n of 1,024 and of 128 bits: one less than the distance, as a product of reflected words is one bit short.
 */
__attribute__((target("pclmul"))) uint64_t hydra_crc_fold(uint64_t reg, const uint8_t *bytes, size_t length, uint64_t far_first,
                                                          uint64_t far_last, uint64_t near_first, uint64_t near_last,
                                                          uint64_t polynomial) {
  if (length < BLOCK) {
    return one_by_one(reg, bytes, length, polynomial);
  }
  const __m128i near = _mm_set_epi64x((long long)near_last, (long long)near_first);
  const uint8_t *end = bytes + length;
  __m128i sum = _mm_xor_si128(at(bytes), _mm_cvtsi64_si128((long long)reg));
  bytes += BLOCK;
  if (length >= 2 * LANES * BLOCK) {
    /* Independent of each other, as a multiplication takes longer than the next one has to wait for. */
    const __m128i far = _mm_set_epi64x((long long)far_last, (long long)far_first);
    __m128i lanes[LANES] = {sum};
    for (int i = 1; i < LANES; i++, bytes += BLOCK) {
      lanes[i] = at(bytes);
    }
    for (; end - bytes >= LANES * BLOCK; bytes += LANES * BLOCK) {
#pragma GCC unroll 8
      for (int i = 0; i < LANES; i++) {
        lanes[i] = _mm_xor_si128(ahead(lanes[i], far), at(bytes + i * BLOCK));
      }
    }
    sum = lanes[0];
    for (int i = 1; i < LANES; i++) {
      sum = _mm_xor_si128(ahead(sum, near), lanes[i]);
    }
  }
  for (; end - bytes >= BLOCK; bytes += BLOCK) {
    sum = _mm_xor_si128(ahead(sum, near), at(bytes));
  }
  uint64_t words[2];
  _mm_storeu_si128((__m128i *)words, sum);
  reg = behind(behind(words[0], polynomial) ^ words[1], polynomial);
  return one_by_one(reg, bytes, (size_t)(end - bytes), polynomial);
}

#else

int hydra_crc_can_fold(void) { return 0; }

uint64_t hydra_crc_fold(uint64_t reg, const uint8_t *bytes, size_t length, uint64_t far_first, uint64_t far_last, uint64_t near_first,
                        uint64_t near_last, uint64_t polynomial) {
  (void)far_first, (void)far_last, (void)near_first, (void)near_last;
  return one_by_one(reg, bytes, length, polynomial);
}

#endif
