package dev.slipway.server.channels;

/** That a channel shall show a publication. */
public record ChannelSwitch(long channelId, long publicationId) {}
