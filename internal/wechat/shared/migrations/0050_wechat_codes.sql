-- What WeChat said of codes is kept with that of the other doors, in signin_codes.
DROP TABLE wechat_codes;
