#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

/* libjpeg reports errors by a callback that must not return. Swift can't jump out of one, so the calls that may fail
   are made here, and what went wrong is given back as text. */

/* A progressive file may make the decoder pass over the whole image once per scan; no honest one has so many. */
#define ABLATE_JPEG_MOST_SCANS 200

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf escape;
  int is_truncated;
  char message[JMSG_LENGTH_MAX];
} ablate_jpeg_errors;

static void ablate_jpeg_fail(j_common_ptr info) {
  ablate_jpeg_errors *errors = (ablate_jpeg_errors *)info->err;
  (*info->err->format_message)(info, errors->message);
  longjmp(errors->escape, 1);
}

static void ablate_jpeg_note(j_common_ptr info, int level) {
  ablate_jpeg_errors *errors = (ablate_jpeg_errors *)info->err;
  if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF) errors->is_truncated = 1;
}

static void ablate_jpeg_watch(j_common_ptr info) {
  ablate_jpeg_errors *errors = (ablate_jpeg_errors *)info->err;
  if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > ABLATE_JPEG_MOST_SCANS) {
    strcpy(errors->message, "it has more scans than any honest file");
    longjmp(errors->escape, 1);
  }
}

/* Decodes a JPEG file in memory to 8-bit RGB. With `pixels` null, only tells width and height. Returns 0 when all is
   well; otherwise `message` (JMSG_LENGTH_MAX bytes) says what is wrong. `pixels` has room for height x width x 3. */
static inline int ablate_jpeg_decode(
    const unsigned char *bytes, unsigned long count, unsigned char *pixels, int *width, int *height, char *message) {
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress;
  ablate_jpeg_errors errors;
  memset(&info, 0, sizeof info);
  memset(&progress, 0, sizeof progress);
  memset(&errors, 0, sizeof errors);
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = ablate_jpeg_fail;
  errors.base.emit_message = ablate_jpeg_note;
  if (setjmp(errors.escape)) {
    memcpy(message, errors.message, JMSG_LENGTH_MAX);
    jpeg_destroy_decompress(&info);
    return 1;
  }
  jpeg_create_decompress(&info);
  progress.progress_monitor = ablate_jpeg_watch;
  info.progress = &progress;
  jpeg_mem_src(&info, (unsigned char *)bytes, count);
  jpeg_read_header(&info, TRUE);
  if (pixels) {
    if (*width != (int)info.image_width || *height != (int)info.image_height) {
      strcpy(errors.message, "its size changed while it was read");
      longjmp(errors.escape, 1);
    }
    info.out_color_space = JCS_RGB;
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
      JSAMPROW row = pixels + (size_t)info.output_scanline * info.output_width * 3;
      jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
  } else {
    *width = (int)info.image_width;
    *height = (int)info.image_height;
  }
  jpeg_destroy_decompress(&info);
  if (errors.is_truncated) {
    strcpy(message, "it ends before its last row");
    return 1;
  }
  return 0;
}
