package io.hydra.testing.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Remembers whether a test of the class failed: then what its programs wrote is worth a look. */
final class FailureNote
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
  private volatile boolean failed;

  boolean failed() {
    return failed;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    note(thrown);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    note(thrown);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    note(thrown);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    note(thrown);
  }

  private void note(Throwable thrown) throws Throwable {
    failed |= !(thrown instanceof TestAbortedException);
    throw thrown;
  }
}
