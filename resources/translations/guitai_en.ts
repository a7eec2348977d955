<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Keypad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>查找会员</source>
        <translation>Find a member</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>小数点</source>
        <translation>Decimal point</translation>
    </message>
</context>
<context>
    <name>LetterPad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>MemberCard</name>
    <message>
        <source>欠分</source>
        <translation>Points owed</translation>
    </message>
    <message>
        <source>可用积分</source>
        <translation>Available</translation>
    </message>
    <message>
        <source>本机可兑</source>
        <translation>Redeemable here</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>更换会员</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>PIN 已输入 {typed} 位，共 {all} 位</source>
        <translation>PIN: {typed} of {all} digits typed</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>待上传</source>
        <translation>Waiting to upload</translation>
    </message>
    <message>
        <source>撤销 {left}</source>
        <translation>Undo {left}</translation>
    </message>
    <message>
        <source>撤销上一笔</source>
        <translation>Undo the last sale</translation>
    </message>
    <message>
        <source>补打</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>补打上一笔小票</source>
        <translation>Reprint the last receipt</translation>
    </message>
</context>
</TS>
