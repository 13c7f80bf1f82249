package io.hydra.cli;

import io.hydra.cli.backup.BackupLine;
import io.hydra.cli.backup.Contents;
import io.hydra.cli.config.CliConfig;
import io.hydra.cli.config.Context;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.model.DataTemplate;
import io.hydra.model.Manifest;
import io.hydra.model.Release;
import io.hydra.model.TemplateDataset;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.ChannelState;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Explanation;
import io.hydra.wire.HeadAt;
import io.hydra.wire.HeadChange;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceView;
import io.hydra.wire.ManifestParts;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeView;
import io.hydra.wire.Page;
import io.hydra.wire.PublishResult;
import io.hydra.wire.ReleasePlan;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.UptimeForecast;
import io.hydra.wire.UptimeStep;
import io.hydra.wire.UptimeWorkload;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What Jackson is handed without Quarkus seeing it: a native executable keeps only what it is told
 * of.
 */
@RegisterForReflection(
    targets = {
      CliConfig.class,
      Context.class,
      DataTemplate.class,
      DataTemplate.Entry.class,
      TemplateDataset.class,
      ErrorCode.class,
      Problem.class,
      Page.class,
      ChannelView.class,
      ChannelStatus.class,
      Release.class,
      ReleaseView.class,
      HeadChange.class,
      HeadAt.class,
      PublishResult.class,
      ReleasePlan.class,
      NodeView.class,
      InstanceView.class,
      Explanation.class,
      Manifest.class,
      ChannelEvent.class,
      ChannelState.class,
      ManifestParts.class,
      NodeRegistration.class,
      InstanceRegistration.class,
      BackupLine.class,
      BackupLine.Header.class,
      BackupLine.Node.class,
      BackupLine.Instance.class,
      BackupLine.Manifest.class,
      BackupLine.Release.class,
      BackupLine.Channel.class,
      BackupLine.End.class,
      Contents.class,
      UptimeForecast.class,
      UptimeStep.class,
      UptimeWorkload.class
    },
    registerFullHierarchy = true)
final class ReflectionSetup {}
