package dev.slipway.packages.rpm;

/** Tag numbers of rpm headers; source: "Tags" in rpm's reference manual. */
final class Tag {
    // signature header
    static final int REGION_SIGNATURES = 62;
    static final int SIG_DSA = 267;
    static final int SIG_RSA = 268;
    static final int SIG_SHA1 = 269;
    static final int SIG_LONGSIZE = 270;
    static final int SIG_LONGARCHIVESIZE = 271;
    static final int SIG_SHA256 = 273;
    static final int SIG_OPENPGP = 278;
    static final int SIG_SHA3_256 = 279;
    static final int SIG_RESERVED = 999;
    static final int SIG_SIZE = 1000;
    static final int SIG_PGP = 1002;
    static final int SIG_MD5 = 1004;
    static final int SIG_GPG = 1005;
    static final int SIG_PAYLOADSIZE = 1007;
    static final int SIG_RESERVEDSPACE = 1008;

    // main header
    static final int REGION_IMMUTABLE = 63;
    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int SUMMARY = 1004;
    static final int DESCRIPTION = 1005;
    static final int BUILDTIME = 1006;
    static final int BUILDHOST = 1007;
    static final int SIZE = 1009;
    static final int VENDOR = 1011;
    static final int LICENSE = 1014;
    static final int PACKAGER = 1015;
    static final int GROUP = 1016;
    static final int URL = 1020;
    static final int ARCH = 1022;
    static final int OLDFILENAMES = 1027;
    static final int FILESIZES = 1028;
    static final int FILEMODES = 1030;
    static final int FILELINKTOS = 1036;
    static final int FILEFLAGS = 1037;
    static final int SOURCERPM = 1044;
    static final int ARCHIVESIZE = 1046;
    static final int NOSOURCE = 1051;
    static final int NOPATCH = 1052;
    static final int CHANGELOGTIME = 1080;
    static final int CHANGELOGNAME = 1081;
    static final int CHANGELOGTEXT = 1082;
    static final int FILEDEVICES = 1095;
    static final int FILEINODES = 1096;
    static final int SOURCEPACKAGE = 1106;
    static final int DIRINDEXES = 1116;
    static final int BASENAMES = 1117;
    static final int DIRNAMES = 1118;
    static final int PAYLOADFORMAT = 1124;
    static final int PAYLOADCOMPRESSOR = 1125;
    static final int PAYLOADFLAGS = 1126;
    static final int LONGFILESIZES = 5008;
    static final int LONGSIZE = 5009;
    static final int PAYLOADDIGEST = 5092;
    static final int PAYLOADDIGESTALGO = 5093;
    static final int PAYLOADSIZE = 5112;
    static final int PAYLOADSIZEALT = 5113;
    static final int RPMFORMAT = 5114;

    private Tag() {}
}
