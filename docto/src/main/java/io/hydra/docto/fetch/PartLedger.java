package io.hydra.docto.fetch;

import io.hydra.docto.fetch.PartJournal.PartId;
import io.hydra.docto.fetch.PartJournal.Received;
import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.stream.IntStream;

/** What was received of a content's parts, by their numbers, kept in its journal as well. */
final class PartLedger implements AutoCloseable {
  private final Parts parts;
  private final PartJournal journal;
  private final long[] sums;
  private final BitSet received = new BitSet();
  private final BitSet certain;

  /**
   * @param certain parts that this process received, also while the journal was open before: they
   *     need not be read again; kept up to date
   */
  PartLedger(Parts parts, PartJournal journal, BitSet certain) {
    this.parts = parts;
    this.journal = journal;
    this.certain = certain;
    this.sums = new long[parts.count()];
    journal.remembered().forEach(this::remember);
  }

  private void remember(PartId id, Received part) {
    if (parts.has(id.file(), id.part())) {
      int number = parts.number(id.file(), id.part());
      sums[number] = part.sum();
      received.set(number);
    }
  }

  /** Parts that are still to be fetched, in order. What is received meanwhile may be among them. */
  Iterator<Part> missing() {
    return missingNumbers().mapToObj(parts::get).iterator();
  }

  long missingBytes() {
    return missingNumbers().mapToLong(number -> parts.get(number).length()).sum();
  }

  private IntStream missingNumbers() {
    return IntStream.range(0, parts.count()).filter(number -> !isReceived(number));
  }

  synchronized boolean isReceived(int number) {
    return received.get(number);
  }

  /** Whether the part was received by an earlier process, and not again by this one. */
  synchronized boolean isFound(int number) {
    return received.get(number) && !certain.get(number);
  }

  /**
   * Of a part that was received: of its bytes, by the {@link io.hydra.docto.verify.Crc} of its
   * file.
   */
  synchronized long sum(int number) {
    if (!received.get(number)) {
      throw new IllegalStateException("part %d was not received".formatted(number));
    }
    return sums[number];
  }

  /** To be called when the part's bytes are in their file. */
  synchronized void add(Part part, long sum) throws IOException {
    journal.add(new PartId(part.file(), part.index()), new Received(part.length(), sum));
    int number = parts.number(part);
    sums[number] = sum;
    received.set(number);
    certain.set(number);
  }

  /** The part has to be fetched again. */
  synchronized void drop(Part part) throws IOException {
    journal.drop(new PartId(part.file(), part.index()));
    int number = parts.number(part);
    received.clear(number);
    certain.clear(number);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
