package io.hydra.docto.place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the files of a content come to the disk before it becomes visible. Many are brought there by
 * one syncfs, which takes as long as one fsync where nobody else writes; few are synced one by one,
 * as syncfs also waits for what others have written. See ADR 032.
 */
public final class Durability implements AutoCloseable {
  /** From here on one syncfs. */
  static final int MANY = 16;

  /** Of one file or directory. */
  @FunctionalInterface
  interface Sync {
    void of(Path path) throws IOException;
  }

  private final Optional<WriteBack> writeBack;
  private final Sync each;

  Durability(Optional<WriteBack> writeBack, Sync each) {
    this.writeBack = writeBack;
    this.each = each;
  }

  /**
   * @param empty a directory in which nothing was written yet: what failed before is not known
   */
  public static Durability from(Path empty) {
    return new Durability(WriteBack.OfKernel.of(empty), DurableFiles::sync);
  }

  /** Of files that an earlier process may have written. */
  public static Durability ofEach() {
    return new Durability(Optional.empty(), DurableFiles::sync);
  }

  /**
   * Returns when files and directories are on the disk.
   *
   * @throws NotDurable if one of them may not be: they are to be written anew, as the kernel tells
   *     of what it lost only once
   */
  void of(Trees.Entries entries) throws NotDurable {
    try {
      bringToDisk(entries);
    } catch (NotDurable lost) {
      throw lost;
    } catch (IOException lost) {
      throw new NotDurable(String.valueOf(lost.getMessage()), lost);
    }
  }

  private void bringToDisk(Trees.Entries entries) throws IOException {
    if (writeBack.isPresent() && entries.files().size() >= MANY && writeBack.get().finish()) {
      return;
    }
    for (var file : entries.files()) {
      each.of(file);
    }
    for (var directory : entries.directories()) {
      each.of(directory);
    }
  }

  @Override
  public void close() {
    writeBack.ifPresent(WriteBack::close);
  }
}
