package io.hydra.manager.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import org.junit.jupiter.api.Test;

class ReadyLabelTest {
  private static String value(String version) {
    return ReadyLabel.value(new ReleaseRef(7, ReleaseVersion.of(version)));
  }

  @Test
  void givenAChannel_thenItsLabelIsNamedAfterIt() {
    var key = ReadyLabel.key(ChannelId.parse("prod/search/searcher"));

    assertThat(key).isEqualTo("hydra/ready.prod.search.searcher");
    assertThat(ReadyLabel.isOf("prod", key)).isTrue();
    assertThat(ReadyLabel.isOf("pro", key)).isFalse();
  }

  @Test
  void givenALongName_thenItIsCutAndStaysTheChannelsOwn() {
    var one = ReadyLabel.key(new ChannelId("prod", "n".repeat(40), "s".repeat(30)));
    var other = ReadyLabel.key(new ChannelId("prod", "n".repeat(40), "s".repeat(31)));

    assertThat(one).startsWith("hydra/ready.prod.nnn").hasSize("hydra/".length() + 63);
    assertThat(one).matches("hydra/[a-z0-9.-]+-[0-9a-f]{10}").isNotEqualTo(other);
  }

  @Test
  void givenAVersionThatALabelCanSay_thenItIsTheValue() {
    assertThat(value("2026-11-08T09-00-00")).isEqualTo("2026-11-08T09-00-00");
    assertThat(value("1")).isEqualTo("1");
  }

  @Test
  void givenAVersionThatNoLabelCanSay_thenTheSequenceIsTheValue() {
    assertThat(value("_1")).isEqualTo("r7");
    assertThat(value("a".repeat(64))).isEqualTo("r7");
    assertThat(value("1.")).isEqualTo("r7");
  }
}
